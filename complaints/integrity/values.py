"""What somebody tells, as the operations take it and as it stands sealed; and why it cannot be received."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Final

from complaints.integrity.matters import AXIS_OF, Concerned, Maladministration, Matter, Pressure
from services.foundation.errors import UnableTo

LONGEST_WORDS: Final = 10_000
LONGEST_LINE: Final = 1_000
MOST_FILES: Final = 6


class UnableToReceive(UnableTo):
    """The report cannot be received. `code`: matter, words, receiver, contact, files."""


class UnableToExamine(UnableTo):
    """The receiver cannot do this. `code`: words, reason, agency, officers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was told. `office` is the code of an agency or "", `reference` the case or the certificate it came from.

    `asked` says what an officer was asked to do with that case; "" for what was not told from the desk.
    """

    matter: str
    axis: str = ""
    what: str
    office: str = ""
    place: str = ""
    who: str = ""
    concerned: str = Concerned.UNKNOWN.value
    when: str = ""
    amount: int | None = None
    works_here: bool = False
    reference: str = ""
    asked: str = ""

    @property
    def classified(self) -> str:
        """Where it stands on the second axis: as was said, or as the matter says by itself."""
        return self.axis or (AXIS_OF[Matter(self.matter)].value if Matter(self.matter) in AXIS_OF else "")

    @property
    def is_whole(self) -> bool:
        """Whether every code is one that is known."""
        return (
            self.matter in Matter.values
            and self.concerned in Concerned.values
            and self.axis in {"", *Maladministration.values}
            and self.asked in {"", *Pressure.values}
        )

    def on_axis(self, axis: str) -> "Told":
        """The same, classified by the examiner."""
        return replace(self, axis=axis)

    def written(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Told":
        """As it was sealed."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How the reporter is reached: a channel with its address, or neither; a passphrase for the dialogue, or none.

    `account` is the pseudonym of an officer who comes back as whom they are signed in at the desk; kept as a mark alone.
    """

    channel: str = ""
    address: str = ""
    passphrase: str = ""
    account: str = ""

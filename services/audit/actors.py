"""Who an event says did something, and to what: plain values, since the record knows no user and no case."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that acts. A person is named by `User.pseudonym`, so that erasing the user keeps the record.

    `kind` is USER, SYSTEM or ANONYMOUS; `hat` is the role they acted in ("" for a citizen), `agency` its code.
    """

    kind: str
    pseudonym: UUID | None = None
    hat: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: Subject("case", "P-7K3F9-QXM2E"), Subject("user", str(pseudonym))."""

    kind: str
    key: str


USER = "USER"
SYSTEM = Actor(kind="SYSTEM")
ANONYMOUS = Actor(kind="ANONYMOUS")

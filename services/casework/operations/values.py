"""What the operations on a case take and raise."""

from dataclasses import dataclass
from datetime import datetime

from services.foundation.errors import UnableTo


class UnableToFile(UnableTo):
    """The citizen's side cannot do this. `code`: side, closed, incomplete, unconfirmed, sent."""


class UnableToHandle(UnableTo):
    """The office cannot do this. `code`: queue_empty, out_of_order, taken, defects, late_defect, hat."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is asked of the applicant: its kind, the paper or question it concerns, and in words what exactly.

    `reason` says why, where the standard does not list it; `times` are offered for an appointment.
    """

    kind: str
    words: str
    key: str = ""
    reason: str = ""
    times: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDefect:
    """One defect as intake marks it: `target` DOCUMENT or ANSWER, `key` the slot or question, `code` from the pack."""

    target: str
    key: str
    code: str
    words: str = ""

"""After something that branches wait for has changed: which of them stand still now, and whether the clock of the case does."""

from datetime import datetime

from services.casework import asking, transitions
from services.casework.models import Case


def settle(case: Case, *, at: datetime) -> None:
    """Let branches and clock of a locked case stand still or go on, while the file stays where it is."""
    changes = asking.settle(case, waits=asking.whole_file_waits(case), at=at)
    for name, value in changes.items():
        setattr(case, name, value)
    transitions.touch(case, fields=tuple(changes))

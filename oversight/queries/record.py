"""What the record says of cases: when each moved, read for many cases at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.audit.models import Event
from services.casework import workflow
from services.casework.models import Case


@dataclass(frozen=True, slots=True)
class Move:
    """A transition as the record keeps it: its event, when, and which agency had the case until then ("" where none is named)."""

    action: str
    at: datetime
    agency: str = ""


def moves_of(cases: Sequence[Case]) -> dict[str, list[Move]]:
    """The transitions of these cases by reference, in their order. One query."""
    found: dict[str, list[Move]] = defaultdict(list)
    if not cases:
        return found
    actions = {transition.event for flow in workflow.every() for transition in flow.transitions}
    events = Event.objects.filter(
        subject_kind="case",
        subject_key__in=[case.reference for case in cases],
        action__in=actions,
        at__gte=min(case.created_at for case in cases),
    )
    rows = events.order_by("subject_key", "case_version").values_list("subject_key", "action", "at", "agency")
    for reference, action, at, agency in rows:
        found[reference].append(Move(action, at, agency))
    return found


def in_hundreds(keys: Sequence[int], *, size: int = 500) -> Iterable[Sequence[int]]:
    """The keys in portions that one query takes well."""
    return (keys[start : start + size] for start in range(0, len(keys), size))

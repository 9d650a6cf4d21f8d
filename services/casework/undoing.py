"""The undo window: how a case stood before its last step, who may take that step back and until when, and what is told meanwhile.

While the window is open nobody but the office is told of the step: every page for citizens shows the case as it was.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch, Q

from services.accounts.models import User
from services.casework.models import Case, ClockPause
from services.casework.workflow import Transition

#: What an officer's step on an application never changes, and what counts its changes.
_KEPT: Final = frozenset(
    {
        *("id", "reference", "kind", "service_version_id", "row_version", "undo_until", "undo"),
        *("applicant_id", "helper_id", "helper_relation", "confirmed_at", "confirmed_by", "submission_key"),
        "person_asked_at",
        *("answers", "topic", "is_confidential", "created_at", "submitted_at"),
    }
)


@dataclass(frozen=True, slots=True)
class LastStep:
    """The last step of a case, as long as it can be taken back: which, when, by whom (a user's key), and `before` it the case."""

    transition: str
    event: str
    version: int
    at: datetime
    by: int
    before: dict[str, Any]


def window(case: Case, transition: Transition, *, actor: Any) -> timedelta:
    """For how long this step may be taken back: the time of the service, for what an officer does; zero for all else."""
    if not transition.can_be_undone or not isinstance(actor, User):
        return timedelta()
    seconds = case.service_version.parsed.undo_seconds
    if settings.UNDO_SECONDS_AT_MOST is not None:
        seconds = min(seconds, settings.UNDO_SECONDS_AT_MOST)
    return timedelta(seconds=seconds)


def remember(case: Case, transition: Transition, before: dict[str, Any], *, actor: Any, at: datetime) -> None:
    """Open the window on a locked case that is about to be written, or close the one before; not yet saved."""
    length = window(case, transition, actor=actor)
    case.undo_until, case.undo = None, None
    if length:
        case.undo_until = at + length
        case.undo = {
            "transition": transition.name,
            "event": transition.event,
            "version": case.row_version + 1,
            "at": at.isoformat(),
            "by": actor.pk,
            "before": before,
        }


def snapshot(case: Case) -> dict[str, Any]:
    """Everything that a step may change, as plain values by the name of the column."""
    columns = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    return {name: _plain(value) for name, value in columns.items() if name not in _KEPT}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | dict | list) else str(value)


def is_open(case: Case, *, at: datetime) -> bool:
    """Whether the last step may still be taken back, so that nobody goes on from it."""
    return case.undo_until is not None and at < case.undo_until


def settled(at: datetime, *, prefix: str = "") -> Q:
    """The condition under which the last step of a case stands, so that the next one may be taken."""
    return Q(**{f"{prefix}undo_until": None}) | Q(**{f"{prefix}undo_until__lte": at})


def last_step(case: Case) -> LastStep | None:
    """The step that the window belongs to; None for a case that has none."""
    if case.undo is None:
        return None
    kept = dict(case.undo)
    before = {
        field.attname: field.to_python(kept["before"][field.attname])
        for field in Case._meta.concrete_fields
        if field.attname in kept["before"]
    }
    return LastStep(**kept | {"at": datetime.fromisoformat(kept["at"]), "before": before})


def can_undo(case: Case, user: User, *, at: datetime) -> bool:
    """Whether the button is drawn for this user: their own last step, in time, and nothing has happened since."""
    step = last_step(case) if is_open(case, at=at) else None
    return step is not None and step.by == user.pk and step.version == case.row_version


def as_told(case: Case, *, at: datetime) -> Case:
    """The case as it is told outside the office: while the last step may be taken back, as it was before it. For reading only."""
    step = last_step(case) if is_open(case, at=at) else None
    if step is not None:
        for name, value in step.before.items():
            setattr(case, name, value)
        vars(case)["untold_at"] = step.at
    return case


def untold_at(case: Case) -> datetime | None:
    """When the step was taken of which nothing is told, for a case read by `as_told`; None where all is told."""
    found: datetime | None = vars(case).get("untold_at")
    return found


def told_pauses(case: Case) -> Prefetch[str, Any, Any]:
    """The pauses of the clock that may be told, to be read ahead."""
    pauses, since = ClockPause.objects.all(), untold_at(case)
    return Prefetch("pauses", queryset=pauses.exclude(started_at=since) if since else pauses)

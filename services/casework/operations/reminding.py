"""Before a case ends because its applicant is silent, the applicant is reminded twice; nobody is surprised by the end."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from services.casework import clocks, outages, transitions
from services.casework.models import ApplicantRequest, Case, Reminder
from services.casework.transitions import LockedCase
from services.casework.workflow import Transition, of_kind
from services.catalogue import deadlines

REMINDED: Final = "casework.applicant.reminded"
#: How long before the end each reminder is given, the nearest first: (step, time of the pack).
STEPS: Final = (
    (2, deadlines.need("lapse-reminder-last")),
    (1, deadlines.need("lapse-reminder-first")),
)


def remind_silent_applicants(lapse: Transition, *, kind: str, at: datetime, batch: int = 200) -> int:
    """Promise the reminders that are due before cases lapse; returns how many. A second call finds nothing left to do.

    Whoever is told late is told only the nearest one, and has the whole of its time: the end moves with it, so that no
    case ends without its last reminder, however long the beat stood still. Drafts end without one: their page says when.
    """
    given = 0
    for step, code in STEPS:
        until = clocks.given_until(code, at)
        for case in _due(lapse, kind=kind, step=step, until=until)[:batch]:
            given += _remind(case, lapse, step=step, until=until, at=at)
    return given


def _waiting(lapse: Transition, kind: str) -> tuple[str, ...]:
    """Where a case ends without an answer, and where a review of it goes on without one."""
    ask = of_kind(kind).by_name.get("ask")
    return (*lapse.sources, *(ask.sources if ask else ()))


def _due(lapse: Transition, *, kind: str, step: int, until: datetime) -> QuerySet[Case]:
    """Cases that wait no longer than that and whose applicant has not heard this reminder, or a nearer one, of that date.

    Of a date that an outage is about to move nobody is reminded.
    """
    heard = Reminder.objects.filter(case=OuterRef("pk"), ends_at=OuterRef("applicant_due_at"), step__gte=step)
    return Case.objects.filter(
        ~Exists(heard),
        ~outages.waiting(),
        kind=kind,
        status__in=_waiting(lapse, kind),
        submitted_at__isnull=False,
        closed_at=None,
        applicant_due_at__lte=until,
    ).order_by(F("applicant_due_at"), "pk")


def _remind(case: Case, lapse: Transition, *, step: int, until: datetime, at: datetime) -> bool:
    with transaction.atomic():
        locked = transitions.lock(case)
        ends_at = locked.applicant_due_at
        if locked.status not in _waiting(lapse, locked.kind) or ends_at is None or ends_at > until:
            return False
        if locked.reminders.filter(ends_at=ends_at, step__gte=step).exists():
            return False
        if step == STEPS[0][0] and ends_at < until:
            ends_at = _leave_time(locked, until=until)
        Reminder.objects.create(case=locked, step=step, ends_at=ends_at, given_at=at)
        told = {"step": step, "ends_at": ends_at.isoformat()}
        transitions.record(locked, REMINDED, actor=None, hat="", at=at, details=told)
        key = f"{locked.reference}:{ends_at.isoformat()}:{step}"
        transitions.promise(locked, REMINDED, {"reference": locked.reference, **told}, key=key, at=at)
    return True


def _leave_time(locked: LockedCase, *, until: datetime) -> datetime:
    """A last reminder that comes late moves the end, and the date of what was asked with it."""
    locked.applicant_due_at = until
    transitions.touch(locked, fields=("applicant_due_at",))
    locked.requests.filter(state=ApplicantRequest.State.OPEN, due_at__lt=until).update(due_at=until)
    return until

"""Silence at intake: where the service says so, a file that nobody looked at in time counts as complete."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from services.casework import clocks, undoing
from services.casework.models import Case
from services.casework.operations.intake import accept_locked
from services.casework.transitions import LockedCase
from services.casework.workflow import ACCEPT_BY_SILENCE, every
from services.foundation import locks

#: How many cases are looked at in one sweep; the next one goes on.
BATCH: Final = 500
LOCK: Final = "casework.silence"


def accept_silent_cases(*, at: datetime, batch: int = BATCH) -> int:
    """Accept as complete what intake has left unchecked past its date; returns how many. Any number may run at once.

    Each case is a transaction of its own under one lock: where another sweep holds it, this one stops.
    """
    accepted = 0
    for case_id in list(_passed(at).order_by("due_at").values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            if not locks.try_transaction_lock(LOCK):
                return accepted
            accepted += _accept(case_id, at=at)
    return accepted


def _passed(at: datetime) -> QuerySet[Case]:
    """Files at intake whose date is over, of a version whose silence means complete; none whose last step may be taken back."""
    silent = Q(pk__in=[])
    for flow in every():
        if ACCEPT_BY_SILENCE in flow.by_name:
            silent |= Q(kind=flow.kind, status__in=flow.transition(ACCEPT_BY_SILENCE).sources)
    found = Case.objects.filter(silent, undoing.settled(at), due_at__lt=at, complete_at=None, closed_at=None)
    return found.filter(service_version__definition__intake_silence="complete")


def _accept(case_id: int, *, at: datetime) -> int:
    """Accept one file, looked at again after the lock; a date that a changed calendar has put off is left to the recomputation."""
    found = _passed(at).select_for_update(of=("self",), skip_locked=True)
    row = found.select_related("agency", "service_version__service", "applicant").filter(pk=case_id).first()
    if row is None or clocks.office_due_at(row, at=at) >= at:
        return 0
    accept_locked(LockedCase(row), row.workflow.transition(ACCEPT_BY_SILENCE), actor=None, at=at)
    return 1

"""Nobody sits on a file: what whoever has it did not touch for a whole working day goes back into the queue, counted."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from services.casework import holdings, transitions, workflow
from services.casework.models import Case, Holding, Left, Message, OfficeNote
from services.casework.transitions import LockedCase
from services.foundation import clock, locks
from services.government import calendar

RETURNED: Final = "casework.case.returned_to_queue"
LOCK: Final = "casework.return_untouched"
#: How many files are looked at in one transaction.
CHUNK: Final = 200


def return_untouched_cases(*, at: datetime, chunk: int = CHUNK) -> int:
    """Lay files back that lay untouched on a desk for a whole working day; returns how many. Any number may run at once.

    To take it, to move it, to write a note or a message is to touch a file; to read it is not, or it could be kept by
    opening it each morning. Only what waits for the office counts. Each chunk is a transaction of its own.
    """
    returned, last = 0, 0
    since = start_of_the_last_working_day(at)
    while True:
        with transaction.atomic():
            if not locks.try_transaction_lock(LOCK):
                return returned
            found = list(
                _untouched(since).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:chunk]
            )
            for case in _locked(found, since):
                _return(LockedCase(case), at=at)
                returned += 1
        if len(found) < chunk:
            return returned
        last = found[-1]


def start_of_the_last_working_day(at: datetime) -> datetime:
    """When the last whole working day before `at` began: untouched since before that is untouched for a working day."""
    day = clock.local_date(at) - timedelta(days=1)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return clock.start_of(day)


def _untouched(since: datetime) -> QuerySet[Case]:
    own = {"case": OuterRef("pk"), "author": OuterRef("assignee")}
    touched = (
        Exists(OfficeNote.objects.filter(**own, written_at__gte=since))
        | Exists(Message.objects.filter(**own, written_at__gte=since))
        | Exists(Holding.objects.filter(case=OuterRef("pk"), review=None, left_at=None, taken_at__gte=since))
    )
    return Case.objects.filter(
        _waits_for_the_office(), ~touched, assignee__isnull=False, closed_at=None, status_at__lt=since
    )


def _waits_for_the_office() -> Q:
    """Waits for a hat of the office, and for no day that the office has named."""
    waiting = [
        Q(kind=flow.kind, status__in=[row.code for row in flow.statuses if row.queue_hat and not row.rests])
        for flow in workflow.every()
    ]
    return reduce(or_, waiting, Q(pk__in=[]))


def _locked(ids: list[int], since: datetime) -> list[Case]:
    """These cases, those locked that nobody has in hand, and of these what is untouched still, seen after the lock."""
    free = Case.objects.filter(pk__in=ids).select_for_update(of=("self",), skip_locked=True).order_by("pk")
    still = _untouched(since).filter(pk__in=[case.pk for case in free])
    return list(still.select_related("agency", "assignee").order_by("pk"))


def _return(case: LockedCase, *, at: datetime) -> None:
    """Back into the queue, with its place; whoever had it is told, and nobody else."""
    officer, case.assignee = case.assignee_id, None
    case.left_untouched = min(case.left_untouched + 1, 32_000)
    transitions.touch(case, fields=("assignee", "left_untouched"))
    holdings.end(case, how=Left.UNTOUCHED, at=at)
    told = {"times": case.left_untouched}
    transitions.record(case, RETURNED, actor=None, hat="", at=at, details=told)
    payload = {"reference": case.reference, "officer": officer, "version": case.row_version}
    transitions.promise(case, RETURNED, payload, key=f"{case.reference}:{case.row_version}", at=at)

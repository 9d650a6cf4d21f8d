"""Nobody sits on a review: what whoever has it did not touch for a whole working day goes back into its queue, counted."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from services.casework import holdings, transitions
from services.casework.models import (
    ApplicantRequest,
    Appointment,
    Case,
    Holding,
    Left,
    Noted,
    OfficeNote,
    Review,
)
from services.casework.operations.untouched import CHUNK, start_of_the_last_working_day
from services.foundation import clock, locks

RETURNED: Final = "casework.review.returned_to_queue"
LOCK: Final = "casework.return_untouched_reviews"


def return_untouched_reviews(*, at: datetime, chunk: int = CHUNK) -> int:
    """Lay reviews back that lay untouched on a desk for a whole working day; returns how many. As for files: reading is no touch.

    To take one, to note something, to make an appointment, and the answer that it waited for touch it. Any number may run at once.
    """
    returned, last, since = 0, 0, start_of_the_last_working_day(at)
    while True:
        with transaction.atomic():
            if not locks.try_transaction_lock(LOCK):
                return returned
            found = _untouched(since).filter(pk__gt=last).order_by("pk")
            ids = list(found.values_list("pk", "case")[:chunk])
            _lock_cases(case for _pk, case in ids)
            for review in _locked([pk for pk, _case in ids], since):
                _return(review, at=at)
                returned += 1
        if len(ids) < chunk:
            return returned
        last = ids[-1][0]


def _untouched(since: datetime) -> QuerySet[Review]:
    case = OuterRef("case")
    touched = (
        Exists(OfficeNote.objects.filter(case=case, author=OuterRef("assignee"), written_at__gte=since))
        | Exists(ApplicantRequest.objects.filter(case=case, answered_at__gte=since))
        | Exists(Holding.objects.filter(review=OuterRef("pk"), left_at=None, taken_at__gte=since))
        | Exists(Noted.objects.filter(review=OuterRef("pk"), noted_at__gte=since))
        | Exists(Appointment.objects.filter(_made_or_ahead(since), review=OuterRef("pk")))
    )
    return Review.objects.filter(
        ~touched, state=Review.State.OPEN, assignee__isnull=False, case__status_at__lt=since
    )


def _made_or_ahead(since: datetime) -> Q:
    """An appointment was made since, or its day is not over: an inspection rests until it."""
    return Q(made_at__gte=since) | Q(asked_at__gte=since) | Q(day__gte=clock.local_date(since))


def _lock_cases(ids: object) -> None:
    """The cases first, as everybody locks them, in one order."""
    list(Case.objects.filter(pk__in=set(ids)).select_for_update(of=("self",)).order_by("pk"))  # type: ignore[call-overload]


def _locked(ids: list[int], since: datetime) -> list[Review]:
    """These reviews, those locked that nobody has in hand, and of these what is untouched still, seen after the lock."""
    free = Review.objects.filter(pk__in=ids).select_for_update(of=("self",), skip_locked=True).order_by("pk")
    still = _untouched(since).filter(pk__in=[review.pk for review in free])
    return list(still.select_related("agency", "case__agency", "case__service_version").order_by("pk"))


def _return(review: Review, *, at: datetime) -> None:
    """Back into the queue of its office, with its place; whoever had it is told."""
    officer = review.assignee_id
    holdings.lay_back(review, how=Left.UNTOUCHED, at=at)
    times = Holding.objects.filter(review=review, left_by=Left.UNTOUCHED).count()
    details = {**transitions.named(review), "times": times}
    transitions.record(review.case, RETURNED, actor=None, hat="", at=at, details=details)
    payload = {"reference": review.case.reference, "officer": officer, "review": review.pk, "times": times}
    key = f"{review.case.reference}:{review.key}:{times}"
    transitions.promise(review.case, RETURNED, payload, key=key, at=at)

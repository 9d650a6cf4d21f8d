"""What the system does by itself: closing what is finished, letting silent cases lapse, recomputing open clocks."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.casework import branches, clocks, outages, transitions, workflow
from services.casework.models import Case, CaseDocument, Outcome, Review
from services.casework.workflow import Transition
from services.documents import operations as documents

#: How long a draft that ended unsent keeps what was filled in, should its owner ask for it.
UNSENT_KEPT: Final = timedelta(days=30)


def close_case(case: Case, transition: Transition, *, at: datetime) -> Case:
    """The system's own last step. A second call for the same step changes nothing."""
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.status == transition.target:
            return locked
        return transitions.move(locked, transition, actor=None, at=at)


def lapse_silent_cases(
    transition: Transition, *, kind: str, at: datetime, outcome: str = Outcome.LAPSED, batch: int = 200
) -> int:
    """Let cases lapse whose applicant was silent past the date; returns how many. Who spoke in the meantime is left alone.

    So is whoever could not speak: a date that an outage touches runs out only once it was moved.
    """
    silent = Case.objects.filter(
        ~outages.waiting(),
        kind=kind,
        status__in=transition.sources,
        applicant_due_at__lt=at,
        closed_at=None,
    ).order_by("applicant_due_at")[:batch]
    return sum(_lapse(case, transition, outcome=outcome, at=at) for case in silent)


def _lapse(case: Case, transition: Transition, *, outcome: str, at: datetime) -> bool:
    with transaction.atomic():
        locked = transitions.lock(case)
        spoke = locked.applicant_due_at is None or locked.applicant_due_at >= at
        if spoke or locked.status not in transition.sources or outages.holds(locked, locked.applicant_due_at):
            return False
        changes = {"outcome": outcome, "applicant_due_at": None, "assignee": None}
        transitions.move(locked, transition, actor=None, at=at, changes=changes)
    return True


def forget_unsent_cases(*, at: datetime, batch: int = 200) -> int:
    """Empty drafts that ended without ever being sent: answers and documents go, the record stays. Returns how many."""
    ended = Case.objects.filter(submitted_at=None, closed_at__lt=at - UNSENT_KEPT)
    holding = ended.filter(~Q(answers={}) | Exists(CaseDocument.objects.filter(case=OuterRef("pk"))))
    abandoned = list(holding.order_by("closed_at")[:batch])
    for case in abandoned:
        _forget(case, at=at)
    return len(abandoned)


def _forget(case: Case, *, at: datetime) -> None:
    with transaction.atomic():
        locked = transitions.lock(case)
        held = [row.document for row in locked.documents.select_related("document")]
        locked.documents.all().delete()
        locked.answers = {}
        transitions.touch(locked, fields=("answers",))
        gone = [str(document.pk) for document in held if documents.forget_document(document, at=at)]
        transitions.record(
            locked, "casework.draft.forgotten", actor=None, hat="", at=at, details={"documents": gone}
        )


def recompute_open_clocks(*, at: datetime) -> int:
    """After a change of the working calendar: compute every open office clock again; returns how many moved."""
    moved = 0
    open_cases = Case.objects.filter(closed_at=None, decided_at=None, submitted_at__isnull=False)
    for case in (
        open_cases.select_related("service_version").prefetch_related("pauses").iterator(chunk_size=500)
    ):
        moved += _recompute(case, at=at)
    with transaction.atomic():
        audit.record(
            "casework.clocks.recomputed", actor=SYSTEM, subject=Subject("calendar", "working-days"), at=at,
            details={"moved": moved},
        )  # fmt: skip
    return moved


def recompute_reviews(*, at: datetime) -> int:
    """After a change of the working calendar: compute the date of every unfinished review again; returns how many moved."""
    unfinished = Review.objects.filter(state__in=Review.UNFINISHED).select_related("case__service_version")
    return sum(_recompute_review(review, at=at) for review in unfinished.iterator(chunk_size=500))


def _recompute_review(review: Review, *, at: datetime) -> bool:
    with transaction.atomic():
        case = transitions.lock(review.case)
        locked = Review.objects.select_for_update().filter(state__in=Review.UNFINISHED, pk=review.pk).first()
        dates = branches.promised_until(locked, case=case) if locked else None
        if locked is None or dates is None or dates.due_at == locked.due_at:
            return False
        before, locked.due_at, locked.place_at = locked.due_at, dates.due_at, dates.place_at
        locked.save(update_fields=["due_at", "place_at"])
        transitions.touch(case, fields=())
        moved = {"review": locked.key, "from": before.isoformat(), "to": dates.due_at.isoformat()}
        transitions.record(case, "casework.clock.moved", actor=None, hat="", at=at, details=moved)
    return True


def recompute_applicants_dates(*, at: datetime) -> int:
    """After a change of the working calendar: give applicants the days that became holidays; returns how many dates moved.

    A date that was told to somebody is never brought forward.
    """
    waiting = Case.objects.filter(
        kind__in=[flow.kind for flow in workflow.every() if "return" in flow.by_name],
        closed_at=None,
        applicant_due_at__gte=at,
        status="RETURNED",
    )
    return sum(_put_off(case, at=at) for case in waiting)


def _put_off(case: Case, *, at: datetime) -> bool:
    with transaction.atomic():
        locked = transitions.lock(case)
        until = clocks.given_until(clocks.TIME_TO_MEND, locked.status_at)
        until = outages.added(locked, until, since=locked.status_at)
        before = locked.applicant_due_at
        if before is None or locked.status != case.status or until <= before:
            return False
        locked.applicant_due_at = until
        transitions.touch(locked, fields=("applicant_due_at",))
        moved = {"from": before.isoformat(), "to": until.isoformat()}
        transitions.record(locked, "casework.clock.moved", actor=None, hat="", at=at, details=moved)
    return True


def _recompute(case: Case, *, at: datetime) -> bool:
    with transaction.atomic():
        locked = transitions.lock(case)
        if clocks.running(locked) is None:
            return False
        due_at = clocks.office_due_at(locked, at=at)
        if locked.due_at == due_at:
            return False
        before, locked.due_at = locked.due_at, due_at
        transitions.touch(locked, fields=("due_at",))
        moved = {"from": before and before.isoformat(), "to": due_at.isoformat()}
        transitions.record(locked, "casework.clock.moved", actor=None, hat="", at=at, details=moved)
    return True

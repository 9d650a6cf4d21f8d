"""What the system does by itself: closing what is finished, letting silent cases lapse, recomputing open clocks."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.casework import clocks, transitions
from services.casework.models import Case, CaseDocument, Outcome
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
    """Let cases lapse whose applicant was silent past the date; returns how many. Who spoke in the meantime is left alone."""
    silent = Case.objects.filter(
        kind=kind, status__in=transition.sources, applicant_due_at__lt=at, closed_at=None
    ).order_by("applicant_due_at")[:batch]
    return sum(_lapse(case, transition, outcome=outcome, at=at) for case in silent)


def _lapse(case: Case, transition: Transition, *, outcome: str, at: datetime) -> bool:
    with transaction.atomic():
        locked = transitions.lock(case)
        spoke = locked.applicant_due_at is None or locked.applicant_due_at >= at
        if spoke or locked.status not in transition.sources:
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

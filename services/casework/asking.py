"""What may be asked of an applicant, what was asked before, and what the branches and the clock of a case wait for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case as Either
from django.db.models import Exists, OuterRef, Value, When

from services.casework import branches, clocks, queries, undoing
from services.casework.models import ApplicantRequest, Case, Review
from services.catalogue.definition import ServiceDefinition

Kind, State = ApplicantRequest.Kind, ApplicantRequest.State


def listed(definition: ServiceDefinition, kind: str) -> frozenset[str]:
    """What the standard lets be asked for in this way: its papers, the questions of its form; nothing for a fact."""
    if kind in ApplicantRequest.PAPERS:
        return frozenset(document.key for document in definition.documents)
    return frozenset(definition.questions) if kind == Kind.CORRECTION else frozenset()


def is_beyond(definition: ServiceDefinition, kind: str, key: str) -> bool:
    """Whether the standard does not list what is asked. A visit is part of it where an inspection is one of its reviews."""
    if kind == Kind.APPOINTMENT:
        return all(review.kind != "inspection" for review in definition.reviews)
    return key not in listed(definition, kind)


def has_open() -> Exists:
    """The condition under which the office waits for an answer to anything about a case."""
    return Exists(ApplicantRequest.objects.filter(case=OuterRef("pk"), state=State.OPEN))


def open_requests(case: Case) -> list[ApplicantRequest]:
    """What the office asked and still waits for, the oldest first; nothing that may still be taken back."""
    still_open = case.requests.filter(state=ApplicantRequest.State.OPEN).select_related("review__agency")
    untold = undoing.untold_at(case)
    told = still_open.exclude(asked_at=untold) if untold else still_open
    return _with_case(told.order_by("asked_at", "pk"), case)


def _with_case(rows: Iterable[ApplicantRequest], case: Case) -> list[ApplicantRequest]:
    """Requests with the case that is read already, so that none asks for it again."""
    found = list(rows)
    for row in found:
        row.case = case
        if row.review is not None:
            row.review.case = case
    return found


def requests_of(case: Case) -> list[ApplicantRequest]:
    """Everything the applicant was asked, the oldest first, each with the asker's name. For officers' eyes only."""
    rows = case.requests.select_related("review__agency")
    named = rows.annotate(asker=queries.name_of("asked_by"), releaser=queries.name_of("released_by"))
    return _with_case(named.order_by("asked_at", "pk"), case)


def held_slots(case: Case) -> set[str]:
    """Where papers are put together that the office asked for and waits for."""
    return {row.held_slot for row in case.requests.filter(state=State.OPEN) if row.is_paper}


def whole_file_waits(case: Case) -> bool:
    """Whether anything is open that the whole file needs."""
    return case.requests.filter(state=State.OPEN, review=None).exists()


def settle(case: Case, *, waits: bool, at: datetime) -> dict[str, Any]:
    """Let each branch and the clock of a locked case stand still or go on, as what is open says; returns the columns that change.

    A branch waits while it has an open request of its own. The clock of the case stands still while the whole file
    `waits`, and where no branch is left that could go on. Nothing is saved of the case.
    """
    still_open = list(case.requests.filter(state=State.OPEN))
    running = _settle_branches(case, {row.review_id for row in still_open}, at=at)
    stands = waits or running == 0
    changes: dict[str, Any] = {"applicant_due_at": earliest(still_open, whole=waits)}
    is_paused = case.pauses.filter(ended_at=None).exists()
    if stands and not is_paused:
        clocks.stand_still(case, cause="WAITING_APPLICANT", at=at)
    if is_paused and not stands:
        changes["due_at"] = clocks.go_on(case, at=at)
    return changes


def _settle_branches(case: Case, asking: set[int | None], *, at: datetime) -> int | None:
    """Stop and start the branches; returns how many of them run, None where none is unfinished."""
    if not case.service_version.parsed.reviews:
        return None
    unfinished = case.reviews.select_for_update().filter(state__in=Review.UNFINISHED)
    running = None
    for review in unfinished:
        review.case = case
        if review.pk in asking and review.state == Review.State.OPEN:
            branches.stand_still(review, at=at)
        elif review.pk not in asking and review.state == Review.State.WAITING:
            branches.go_on(review, at=at)
        running = (running or 0) + (review.state == Review.State.OPEN)
    return running


def earliest(still_open: Iterable[ApplicantRequest], *, whole: bool) -> datetime | None:
    """By when the applicant must have answered what stops the file; while only branches wait, the first of them."""
    return min((row.due_at for row in still_open if (row.review_id is None) == whole), default=None)


def end_all(case: Case, *, lapsed: bool, at: datetime) -> None:
    """The case has ended: nothing more is waited for."""
    silent = When(state=State.OPEN, then=Value(State.LAPSED if lapsed else State.WITHDRAWN))
    still = case.requests.filter(state__in=(State.OPEN, State.PROPOSED))
    still.update(state=Either(silent, default=Value(State.WITHDRAWN)), ended_at=at)

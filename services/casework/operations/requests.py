"""Asking the applicant: for the whole file, whose clock stands still meanwhile, or for one review, which alone waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import asking, clocks, outages, transitions
from services.casework.models import ApplicantRequest, Case, Review
from services.casework.operations.askable import beyond, named, require_askable, sorted_out, write
from services.casework.operations.reviewing import in_hand
from services.casework.operations.settling import settle
from services.casework.operations.values import Thing, UnableToHandle
from services.casework.workflow import Transition

#: What is recorded and promised where the file itself does not move.
ASKED: Final = "casework.request.asked"
WITHDRAWN: Final = "casework.request.withdrawn"
LAPSED: Final = "casework.request.lapsed"
PROPOSED: Final = "casework.request.proposed"
BEYOND: Final = "casework.request.beyond"
State = ApplicantRequest.State


def ask_applicant(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    things: Sequence[Thing],
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Ask for things that the whole file needs, in words the applicant reads; its clock stops until the last answer.

    What was asked before is not sent, but proposed to a supervisor. Raises UnableToHandle (kind, words, key, reason,
    times, asked), transitions.UnableToMove, policies.UnableToAct.
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        hat = transitions.require_way(locked, transition, actor=actor, at=at)
        require_askable(locked, things)
        first, again = sorted_out(locked, things, review=None)
        due_at = clocks.given_until(clocks.TIME_TO_ANSWER, at)
        if again:
            write(locked, again, review=None, actor=actor, due_at=due_at, at=at, state=State.PROPOSED)
            details = named(again, locked)
            transitions.record(locked, PROPOSED, actor=actor, hat=hat, at=at, details=details)
        if not first:
            transitions.touch(locked, fields=())
            return locked
        if why := beyond(first, locked):
            transitions.record(locked, BEYOND, actor=actor, hat=hat, at=at, details=why)
        moved = transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={"applicant_due_at": due_at},
            details=named(first, locked),
        )
        write(moved, first, review=None, actor=actor, due_at=due_at, at=at)
        asking.settle(moved, waits=True, at=at)
    return moved


def ask_for_review(review: Review, *, actor: User, things: Sequence[Thing], at: datetime) -> Review:
    """Ask for things that one review needs; it alone waits for them, and the others go on.

    What was asked before is proposed to a supervisor. Raises UnableToHandle (taken, kind, words, key, reason, times,
    asked), transitions.UnableToMove, policies.UnableToAct.
    """
    with transaction.atomic():
        held = in_hand(review, actor=actor, at=at)
        case = held.case
        transitions.require_settled(case, at)
        require_askable(case, things)
        first, again = sorted_out(case, things, review=held)
        due_at = clocks.given_until(clocks.TIME_TO_ANSWER, at)
        write(case, again, review=held, actor=actor, due_at=due_at, at=at, state=State.PROPOSED)
        rows = write(case, first, review=held, actor=actor, due_at=due_at, at=at)
        settle(case, at=at)
        for action, asked in ((PROPOSED, again), (ASKED, first)):
            if asked:
                transitions.record_review(held, action, actor=actor, at=at, details=named(asked, case))
        if rows:
            announce(case, rows, ASKED, at=at)
        if why := beyond(first, case):
            transitions.record_review(held, BEYOND, actor=actor, at=at, details=why)
    held.refresh_from_db()
    return held


def withdraw_request(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    number: int,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Say that something asked for the whole file is no longer needed; with the last of it the file goes on.

    Raises UnableToHandle (over), transitions.UnableToMove, policies.UnableToAct.
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        hat = transitions.require_way(locked, transition, actor=actor, at=at)
        row = open_request(locked, number, review=None)
        end(row, state=State.WITHDRAWN, at=at)
        announce(locked, [row], WITHDRAWN, at=at)
        if not asking.whole_file_waits(locked):
            changes = asking.settle(locked, waits=False, at=at)
            details = named([row], locked)
            return transitions.move(locked, transition, actor=actor, at=at, changes=changes, details=details)
        settle(locked, at=at)
        transitions.record(locked, WITHDRAWN, actor=actor, hat=hat, at=at, details=named([row], locked))
    return locked


def withdraw_for_review(review: Review, *, actor: User, number: int, at: datetime) -> Review:
    """Say that something asked for one review is no longer needed. Raises UnableToHandle (taken, over), policies.UnableToAct."""
    with transaction.atomic():
        held = in_hand(review, actor=actor, at=at)
        case = held.case
        transitions.require_settled(case, at)
        row = open_request(case, number, review=held)
        end(row, state=State.WITHDRAWN, at=at)
        settle(case, at=at)
        transitions.record_review(held, WITHDRAWN, actor=actor, at=at, details=named([row], case))
        announce(case, [row], WITHDRAWN, at=at)
    held.refresh_from_db()
    return held


def lapse_silent_requests(ask: Transition, *, kind: str, at: datetime, batch: int = 200) -> int:
    """Let reviews go on whose applicant was silent past the date: they say what they find without it. Returns how many requests."""
    silent = Case.objects.filter(
        ~outages.waiting(), kind=kind, status__in=ask.sources, applicant_due_at__lt=at, closed_at=None
    ).order_by("applicant_due_at")[:batch]
    return sum(_lapse(case, ask, at=at) for case in silent)


def _lapse(case: Case, ask: Transition, *, at: datetime) -> int:
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.status not in ask.sources:
            return 0
        passed = locked.requests.filter(state=State.OPEN, due_at__lt=at).select_related("review__agency")
        over = [row for row in passed if not outages.holds(locked, row.due_at)]
        for row in over:
            end(row, state=State.LAPSED, at=at)
        settle(locked, at=at)
        for row in over:
            details = named([row], locked) | of_review(row, locked)
            transitions.record(locked, LAPSED, actor=None, hat="", at=at, details=details)
            announce(locked, [row], LAPSED, at=at)
    return len(over)


def open_request(case: Case, number: int, *, review: Review | None) -> ApplicantRequest:
    """The open request of this number, locked. Raises UnableToHandle (over)."""
    rows = case.requests.select_for_update(of=("self",)).filter(state=State.OPEN)
    row = rows.filter(pk=number, review=review).first()
    if row is None:
        raise UnableToHandle(code="over", message=_("This is not waited for any longer."))
    return row


def end(row: ApplicantRequest, *, state: str, at: datetime) -> None:
    """Nobody waits for this any longer."""
    row.state, row.ended_at = state, at
    row.save(update_fields=["state", "ended_at"])


def announce(case: Case, rows: Sequence[ApplicantRequest], topic: str, *, at: datetime) -> None:
    """Promise that the applicant is told of these requests, once."""
    told = {"reference": case.reference, "requests": [row.pk for row in rows]}
    transitions.promise(case, topic, told, key=str(rows[0].pk), at=at)


def of_review(row: ApplicantRequest, case: Case) -> dict[str, Any]:
    """The review that asked, as the record names it; nothing where the whole file did."""
    if row.review is None:
        return {}
    row.review.case = case
    return transitions.named(row.review)

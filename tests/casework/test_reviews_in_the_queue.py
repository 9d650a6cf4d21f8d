"""A review obeys the fair queue as a file does: in order or with a reason, back when nobody touches it, on when it touches somebody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import escalation, policies
from services.casework import operations as casework
from services.casework import reviews as rows
from services.casework.models import Case, Holding, Told
from services.casework.operations import UnableToHandle
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox.models import Message
from tests.factories import accounts, reviews
from tests.factories import casework as cases

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4))


@pytest.fixture(autouse=True)
def _a_week_without_holidays_is_over() -> Iterator[None]:
    with time_machine.travel(FRIDAY + timedelta(days=7)):
        yield


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=reviews.reviewed_service(), at=MONDAY)


@pytest.fixture
def later(citizen2: User, intake: User, case: Case) -> Case:
    return cases.accepted_application(
        citizen2, intake, version=case.service_version, at=MONDAY + timedelta(days=1)
    )


def happened(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference), since=case.created_at)]


def test_one_that_waits_behind_others_is_taken_with_a_reason_alone(
    later: Case, foreign_reviewer: User
) -> None:
    review = reviews.of(later, "traffic")
    with pytest.raises(UnableToHandle) as refused:
        casework.take_review(review, actor=foreign_reviewer, at=WEDNESDAY)
    assert (refused.value.code, refused.value.field) == ("out_of_order", "reason_code")
    casework.take_review(review, actor=foreign_reviewer, reason_code="SAME_MATTER", at=WEDNESDAY)
    taken = Holding.objects.get(review=review)
    assert (taken.officer, taken.overtook) == (foreign_reviewer, 1)


def test_the_first_one_needs_no_reason_and_nobody_else_gets_it(
    case: Case, later: Case, reviewer: User, reviewer2: User
) -> None:
    first = reviews.of(case, "content")
    assert later.pk != case.pk
    assert casework.take_review(first, actor=reviewer, at=WEDNESDAY).assignee == reviewer
    with pytest.raises(UnableToHandle) as refused:
        casework.take_review(first, actor=reviewer2, at=WEDNESDAY)
    assert refused.value.code == "taken"


def test_nobody_of_another_office_takes_it(case: Case, reviewer: User) -> None:
    with pytest.raises(policies.UnableToAct) as refused:
        casework.take_review(reviews.of(case, "traffic"), actor=reviewer, at=WEDNESDAY)
    assert refused.value.code == "hat"


def test_what_was_not_touched_for_a_working_day_goes_back_once_with_its_place(
    case: Case, foreign_reviewer: User
) -> None:
    held = reviews.taken(foreign_reviewer, reviews.of(case, "traffic"), at=MONDAY)
    assert casework.return_untouched_reviews(at=TUESDAY) == 0
    assert casework.return_untouched_reviews(at=WEDNESDAY) == 1
    assert casework.return_untouched_reviews(at=WEDNESDAY) == 0
    review = reviews.of(case, "traffic")
    assert (review.assignee, review.place_at) == (None, held.place_at)
    assert happened(case).count("casework.review.returned_to_queue") == 1
    assert Holding.objects.get(review=review).left_by == "UNTOUCHED"
    for message in Message.objects.filter(topic="casework.review.returned_to_queue"):
        delivery.deliver(message.pk)
    assert case.reference in Notice.objects.get(recipient=foreign_reviewer).title


def test_the_file_itself_stays_where_it_is_when_a_review_goes_back(case: Case, reviewer: User) -> None:
    reviews.taken(reviewer, reviews.of(case, "content"), at=MONDAY)
    assert casework.return_untouched_cases(at=WEDNESDAY) == 0
    case.refresh_from_db()
    assert case.left_untouched == 0


def test_whoever_it_touches_steps_back_and_never_gets_it_again(
    case: Case, foreign_reviewer: User, reviewer: User
) -> None:
    held = reviews.taken(foreign_reviewer, reviews.of(case, "traffic"), at=MONDAY)
    for words, code in (("", "reason"), ("Adik saya.", "")):
        if code:
            with pytest.raises(UnableToHandle) as refused:
                casework.recuse_reviewer(held, actor=foreign_reviewer, reason=words, at=TUESDAY)
            assert refused.value.code == code
        else:
            casework.recuse_reviewer(held, actor=foreign_reviewer, reason=words, at=TUESDAY)
    assert reviews.of(case, "traffic").assignee is None
    assert happened(case).count("casework.officer.recused") == 1
    with pytest.raises(UnableToHandle):
        reviews.taken(foreign_reviewer, held, at=TUESDAY)
    with pytest.raises(UnableToHandle) as other:
        casework.recuse_reviewer(held, actor=reviewer, reason="Bukan saya.", at=TUESDAY)
    assert other.value.code == "taken"


def test_a_clock_that_runs_out_is_told_to_whoever_has_a_review_and_to_its_office(
    case: Case, reviewer: User, supervisor: User
) -> None:
    abroad = accounts.officer("Heru Pengawas", Hat.SUPERVISOR, agency_code="dishub")
    reviews.taken(reviewer, reviews.of(case, "content"), at=MONDAY)
    told = escalation.recipients(case, Told.OFFICER, at=TUESDAY)
    assert {user.pk for user in told} == {reviewer.pk, abroad.pk}
    told = escalation.recipients(case, Told.SUPERVISOR, at=TUESDAY)
    assert {user.pk for user in told} == {supervisor.pk, abroad.pk}
    names = [(row.agency.code, row.assignee) for row in rows.unfinished_of(case)]
    assert names == [("dpmptsp", reviewer), ("dishub", None)]
    assert clock.now() > MONDAY


def handed(case: Case, **changes: Any) -> int:
    said = {"agency": reviews.of(case, "content").agency, "reason_code": "LOAD", "at": TUESDAY, **changes}
    return casework.hand_over_reviews([f"{case.reference}/content"], **said)


def test_a_supervisor_hands_a_review_to_a_colleague_or_back_to_its_queue(
    case: Case, reviewer: User, reviewer2: User, supervisor: User
) -> None:
    reviews.taken(reviewer, reviews.of(case, "content"), at=MONDAY)
    assert handed(case, actor=supervisor, to=reviewer2) == 1
    assert reviews.of(case, "content").assignee == reviewer2
    assert handed(case, actor=supervisor, to=reviewer2) == 0
    assert handed(case, actor=supervisor, to=None) == 1
    assert reviews.of(case, "content").assignee is None
    with pytest.raises(UnableToHandle) as refused:
        handed(case, actor=supervisor, to=None)
    assert refused.value.code == "gone"
    assert set(Holding.objects.values_list("left_by", flat=True)) >= {"HANDED_OVER"}
    assert happened(case).count("casework.review.reassigned") == 2


def test_only_who_could_take_a_review_is_handed_it_and_by_a_supervisor_alone(
    case: Case, reviewer: User, foreign_reviewer: User, reviewer2: User, supervisor: User
) -> None:
    reviews.taken(reviewer, reviews.of(case, "content"), at=MONDAY)
    with pytest.raises(UnableToHandle) as refused:
        handed(case, actor=supervisor, to=foreign_reviewer)
    assert refused.value.code == "hat"
    with pytest.raises(policies.UnableToAct):
        handed(case, actor=reviewer2, to=reviewer2)
    assert reviews.of(case, "content").assignee == reviewer

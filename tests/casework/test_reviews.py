"""Several offices review a complete file at the same time; the recommendation waits for all, and none who reviewed decides."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pydantic import ValidationError

from permits import operations as permits
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework import queries, workload
from services.casework.models import Case, Holding, Review
from services.casework.operations import UnableToHandle
from services.catalogue.definition import ServiceDefinition
from services.foundation import clock
from services.government.calendar import working_days_between
from tests.factories import casework as cases
from tests.factories import catalogue, reviews


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=reviews.reviewed_service())


def events(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference), since=case.created_at)]


def test_the_longest_review_and_the_steps_sum_to_the_promise() -> None:
    whole = catalogue.definition(**reviews.SHAPE)
    assert ServiceDefinition.model_validate(whole).review("traffic").days == 3
    longer = {**reviews.TRAFFIC, "days": 4}
    with pytest.raises(ValidationError, match="longest review of 4 sum to 6, the standard promises 5"):
        ServiceDefinition.model_validate(whole | {"reviews": [reviews.CONTENT, longer]})


def test_a_key_names_one_step_or_one_review() -> None:
    shape = catalogue.definition(**reviews.SHAPE) | {"reviews": [reviews.TRAFFIC, reviews.TRAFFIC]}
    with pytest.raises(ValidationError, match="step key used twice: traffic"):
        ServiceDefinition.model_validate(shape)


def test_accepting_opens_a_branch_for_each_review_with_its_own_date(case: Case) -> None:
    opened = {row.key: row for row in case.reviews.select_related("agency")}
    assert {key: row.agency.code for key, row in opened.items()} == {
        "content": "dpmptsp",
        "traffic": "dishub",
    }
    start = clock.local_date(opened["content"].opened_at)
    days = {key: working_days_between(start, clock.local_date(row.due_at)) for key, row in opened.items()}
    assert days == {"content": 2, "traffic": 3}
    assert events(case).count("casework.review.opened") == 2


def test_a_service_without_reviews_opens_none(citizen: User, intake: User) -> None:
    assert not cases.accepted_application(citizen, intake).reviews.exists()


def test_each_office_takes_its_own_review_and_two_askers_never_get_the_same(
    case: Case, reviewer: User, reviewer2: User, foreign_reviewer: User
) -> None:
    assert reviews.taken(foreign_reviewer, reviews.of(case, "traffic")).key == "traffic"
    assert reviews.taken(reviewer, reviews.of(case, "content")).key == "content"
    with pytest.raises(UnableToHandle) as refused:
        reviews.taken(reviewer2, reviews.of(case, "content"))
    assert refused.value.code == "queue_empty"
    assert Holding.objects.filter(case=case, left_at=None).count() == 2


def test_the_file_waits_for_nobody_until_every_review_is_done(
    case: Case, reviewer: User, reviewer2: User, foreign_reviewer: User
) -> None:
    waits: dict[str, Any] = {"agency": case.agency, "hat": "REVIEWER", "user": reviewer2, "at": clock.now()}
    office = workload.office_of(reviewer2, at=clock.now())
    casework.take_case(case, actor=reviewer2, at=clock.now())
    for key, officer in (("content", reviewer), ("traffic", foreign_reviewer)):
        with pytest.raises(UnableToHandle) as refused:
            permits.recommend_application(case, actor=reviewer2, recommendation="GRANT", at=clock.now())
        assert refused.value.code == "reviews"
        assert workload.counts(office, at=clock.now()).to_do == 0
        reviews.finished(officer, reviews.of(case, key))
    casework.release_case(case, actor=reviewer2, at=clock.now())
    assert list(queries.waiting_for(**waits)) == [case]
    assert workload.counts(office, at=clock.now()).to_do == 1
    casework.take_case(case, actor=reviewer2, at=clock.now())
    case.refresh_from_db()
    moved = permits.recommend_application(case, actor=reviewer2, recommendation="GRANT", at=clock.now())
    assert moved.status == "READY_FOR_DECISION"
    assert events(case).count("casework.review.done") == 2


def test_the_database_lets_nothing_be_recommended_before(case: Case) -> None:
    with pytest.raises(DatabaseError, match="a review is not done"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status="READY_FOR_DECISION", row_version=case.row_version + 1)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"answers": {}}, "answers"),
        ({"outcome": "MAYBE"}, "outcome"),
        ({"outcome": "UNFAVOURABLE"}, "findings"),
        ({"found": ["MADE_UP"]}, "found"),
    ],
)
def test_a_review_is_said_whole(case: Case, reviewer: User, said: dict[str, Any], code: str) -> None:
    with pytest.raises(UnableToHandle) as refused:
        reviews.finished(reviewer, reviews.of(case, "content"), **said)
    assert refused.value.code == code
    assert reviews.of(case, "content").state == "OPEN"


def test_what_was_found_stays_as_it_is(case: Case, reviewer: User) -> None:
    done = reviews.finished(
        reviewer,
        reviews.of(case, "content"),
        outcome="CONDITIONAL",
        found=["TOO_LARGE"],
        findings="3 m saja.",
    )
    assert (done.state, done.found, done.reviewer) == ("DONE", ["TOO_LARGE"], reviewer)
    with pytest.raises(UnableToHandle):
        casework.release_review(done, actor=reviewer, at=clock.now())
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Review.objects.filter(pk=done.pk).update(outcome="FAVOURABLE")


def test_a_released_review_keeps_its_place(case: Case, reviewer: User, reviewer2: User) -> None:
    held = reviews.taken(reviewer, reviews.of(case, "content"))
    casework.release_review(held, actor=reviewer, at=clock.now())
    assert reviews.taken(reviewer2, held).place_at == held.place_at
    assert list(Holding.objects.filter(review=held).order_by("pk").values_list("left_by", flat=True)) == [
        "LAID_BACK",
        "",
    ]


def test_a_withdrawn_case_needs_no_review(case: Case, citizen: User, foreign_reviewer: User) -> None:
    reviews.taken(foreign_reviewer, reviews.of(case, "traffic"))
    permits.withdraw_application(case, actor=citizen, at=clock.now())
    assert {(row.state, row.assignee) for row in case.reviews.all()} == {("CANCELLED", None)}
    assert not Holding.objects.filter(review__case=case, left_at=None).exists()

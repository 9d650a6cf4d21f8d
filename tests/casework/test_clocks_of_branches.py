"""A clock that stands still because every branch waits for the applicant; a branch that stood still when a holiday comes."""

from datetime import date, datetime, timedelta

import pytest

from oversight import replay
from oversight.models import Stay
from oversight.queries import record
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import workload
from services.casework.admin import words
from services.casework.models import Case, Review
from services.casework.operations import Thing
from services.foundation import clock
from services.government.models import Agency
from tests.factories import casework as cases
from tests.factories import government, reviews

START = datetime(2026, 11, 2, 3, tzinfo=clock.now().tzinfo)
ASKED = Thing(kind="CLEARER", key="drawing", words="Mohon gambar yang berskala.")
FACT = Thing(kind="FACT", words="Siapa yang membukakan pintu?", reason="Petugas perlu masuk.")


def day(number: int) -> datetime:
    return START + timedelta(days=number - START.day)


@pytest.fixture
def branches(citizen: User, intake: User, reviewer: User, foreign_reviewer: User) -> dict[str, Review]:
    """A file accepted on Monday 2 November, whose two reviews lie on the desks of two offices."""
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service(), at=START)
    return {
        key: reviews.taken(officer, reviews.of(case, key), at=START)
        for key, officer in (("content", reviewer), ("traffic", foreign_reviewer))
    }


@pytest.fixture
def standing(branches: dict[str, Review], reviewer: User, foreign_reviewer: User) -> Case:
    """The same, where both branches ask on Tuesday: the file stays in review, and its clock stands still."""
    casework.ask_for_review(branches["content"], actor=reviewer, things=[ASKED], at=day(3))
    casework.ask_for_review(branches["traffic"], actor=foreign_reviewer, things=[FACT], at=day(3))
    return Case.objects.get(pk=branches["content"].case_id)


def test_a_case_all_of_whose_branches_wait_is_neither_late_nor_due(standing: Case, supervisor: User) -> None:
    assert standing.status == "IN_REVIEW"
    assert standing.due_at
    office = workload.office_of(supervisor, at=day(20))
    found = workload.open_cases(office)
    assert not found.filter(workload.late(standing.due_at + timedelta(days=5))).exists()
    assert not found.filter(workload.due_today(standing.due_at - timedelta(hours=1))).exists()
    assert words.time_left(found.get(), at=day(20)).tone == "still"


def test_a_case_one_of_whose_branches_goes_on_is_late_as_any_other(
    branches: dict[str, Review], reviewer: User, supervisor: User
) -> None:
    casework.ask_for_review(branches["content"], actor=reviewer, things=[ASKED], at=day(3))
    office = workload.office_of(supervisor, at=day(20))
    assert workload.open_cases(office).filter(workload.late(day(20))).exists()


def test_the_dashboard_counts_no_date_while_every_branch_waits(
    standing: Case, reviewer: User, foreign_reviewer: User
) -> None:
    assert _last_stay(standing).due_at is None
    row = standing.requests.get(review__key="content")
    casework.withdraw_for_review(reviews.of(standing, "content"), actor=reviewer, number=row.pk, at=day(9))
    going_on = Case.objects.get(pk=standing.pk)
    assert going_on.due_at
    assert standing.due_at
    assert _last_stay(going_on).due_at == going_on.due_at > standing.due_at


def test_a_stay_that_stood_still_ends_in_time_by_its_moved_date(
    standing: Case, citizen: User, reviewer: User
) -> None:
    row = standing.requests.get(review__key="content")
    casework.withdraw_for_review(reviews.of(standing, "content"), actor=reviewer, number=row.pk, at=day(9))
    going_on = Case.objects.get(pk=standing.pk)
    casework.withdraw_case(going_on, going_on.workflow.transition("withdraw"), actor=citizen, at=day(10))
    ended = _last_stay(Case.objects.get(pk=standing.pk))
    assert ended.ended_at == day(10)
    assert ended.due_at == going_on.due_at


def test_a_holiday_moves_the_date_of_a_branch_that_stood_still(
    branches: dict[str, Review], reviewer: User
) -> None:
    held = branches["content"]
    casework.ask_for_review(held, actor=reviewer, things=[ASKED], at=day(3))
    row = held.requests.get()
    going_on = casework.withdraw_for_review(held, actor=reviewer, number=row.pk, at=day(5))
    assert clock.local_date(going_on.due_at) == date(2026, 11, 6)
    government.with_overrides(government.override("2026-11-06", works=False))
    assert [casework.recompute_reviews(at=day(5)) for _each in range(2)] == [1, 0]
    moved = reviews.of(held.case, "content")
    assert clock.local_date(moved.due_at) == date(2026, 11, 9)
    assert clock.local_date(moved.place_at) == date(2026, 11, 4)


def _last_stay(case: Case) -> Stay:
    found = Case.objects.select_related("service_version__service", "agency").get(pk=case.pk)
    agencies = dict(Agency.objects.values_list("code", "pk"))
    return replay.stays_of(found, record.moves_of([found])[found.reference], agencies)[-1]

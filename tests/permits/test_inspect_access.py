"""Who may inspect the place of a permit: the hat that the version names; whoever decides has not been there."""

from collections.abc import Callable

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Review
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts, inspections, reviews
from tests.factories import casework as cases

OTHERS = (
    "stranger",
    "citizen",
    "intake",
    "reviewer",
    "approver",
    "supervisor",
    "executive",
    "auditor",
    "administrator",
)


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=inspections.inspected_service())


def test_an_inspector_of_the_office_may_from_the_appointment_to_the_minutes(
    case: Case, inspector: User
) -> None:
    inspections.inspected(inspector, case)
    assert inspections.of(case).reviewer == inspector


def test_nobody_else_may(case: Case, named: Callable[[str], User]) -> None:
    abroad = accounts.officer("Pemeriksa Lain", "INSPECTOR", agency_code="dishub")
    for somebody in (*map(named, OTHERS), abroad):
        with pytest.raises(UnableToAct) as refused:
            inspections.taken(somebody, case)
        assert refused.value.code == "hat", somebody
    assert not Review.objects.exclude(assignee=None).exists()


def test_whoever_inspected_does_not_decide(
    case: Case, inspector: User, reviewer: User, reviewer2: User
) -> None:
    accounts.wearing(inspector, "APPROVER")
    inspections.inspected(inspector, case)
    reviews.finished(reviewer, reviews.of(case, "content"))
    casework.take_case(case, actor=reviewer2, at=clock.now())
    case = permits.recommend_application(case, actor=reviewer2, recommendation="GRANT", at=clock.now())
    casework.take_case(case, actor=inspector, at=clock.now())
    with pytest.raises(UnableToAct) as refused:
        permits.grant_application(case, actor=inspector, at=clock.now())
    assert refused.value.code == "four_eyes"

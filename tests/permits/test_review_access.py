"""Who may review a permit: the hat that the version names, in the office that it names, and nobody who decides afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from permits import operations as permits
from services.accounts.models import User
from services.casework import hands, policies, queries
from services.casework import operations as casework
from services.casework.models import Case, Review
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts, reviews
from tests.factories import casework as cases

OTHERS = (
    "stranger",
    "citizen",
    "intake",
    "inspector",
    "approver",
    "supervisor",
    "executive",
    "auditor",
    "administrator",
    "foreign_intake",
    "foreign_approver",
)


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=reviews.reviewed_service())


def test_a_reviewer_of_the_office_that_the_version_names_may(
    case: Case, reviewer: User, foreign_reviewer: User
) -> None:
    assert reviews.finished(reviewer, reviews.of(case, "content")).reviewer == reviewer
    assert reviews.finished(foreign_reviewer, reviews.of(case, "traffic")).reviewer == foreign_reviewer


def test_nobody_else_may(
    case: Case, named: Callable[[str], User], reviewer: User, foreign_reviewer: User
) -> None:
    tried = [(name, key) for name in OTHERS for key in ("content", "traffic")]
    for name, key in (*tried, ("reviewer", "traffic"), ("foreign_reviewer", "content")):
        with pytest.raises(UnableToAct) as refused:
            reviews.taken(named(name), reviews.of(case, key))
        assert refused.value.code == "hat", (name, key)
    assert not Review.objects.exclude(assignee=None).exists()


def test_only_whoever_has_it_on_the_desk_finishes_it_or_lays_it_back(
    case: Case, reviewer: User, reviewer2: User, supervisor: User
) -> None:
    held = reviews.taken(reviewer, reviews.of(case, "content"))
    said: dict[str, Any] = {"answers": {"decent": True}, "outcome": "FAVOURABLE", "at": clock.now()}
    for other in (reviewer2, supervisor):
        with pytest.raises(UnableToHandle) as refused:
            casework.finish_review(held, actor=other, **said)
        assert refused.value.code == "taken"
        with pytest.raises(UnableToHandle) as refused:
            casework.release_review(held, actor=other, at=clock.now())
        assert refused.value.code == "taken"


def test_without_the_pact_nobody_reviews(case: Case) -> None:
    new = accounts.signed_up("Penelaah Baru")
    accounts.unsigned(new, "REVIEWER")
    with pytest.raises(UnableToAct) as refused:
        reviews.taken(new, reviews.of(case, "content"))
    assert refused.value.code == "pact"


def test_nobody_reviews_their_own_application(intake: User, reviewer: User) -> None:
    own = cases.accepted_application(reviewer, intake, version=reviews.reviewed_service())
    with pytest.raises(UnableToHandle):
        reviews.taken(reviewer, reviews.of(own, "content"))
    with pytest.raises(DatabaseError, match="their own application"), transaction.atomic():
        Review.objects.filter(case=own, key="content").update(assignee=reviewer)


def test_whoever_reviewed_never_decides(
    citizen: User, intake: User, reviewer: User, foreign_reviewer: User, reviewer2: User, approver: User
) -> None:
    accounts.wearing(approver, "REVIEWER")
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    reviews.finished(approver, reviews.of(case, "content"))
    reviews.finished(foreign_reviewer, reviews.of(case, "traffic"))
    casework.take_case(case, actor=reviewer2, at=clock.now())
    case = permits.recommend_application(case, actor=reviewer2, recommendation="GRANT", at=clock.now())
    assert not Case.objects.filter(hands.may_decide(approver), pk=case.pk).exists()
    assert not queries.waiting_for(agency=case.agency, hat="APPROVER", user=approver, at=clock.now()).exists()
    casework.take_case(case, actor=approver, at=clock.now())
    with pytest.raises(policies.UnableToAct) as refused:
        permits.grant_application(case, actor=approver, at=clock.now())
    assert refused.value.code == "four_eyes"
    with pytest.raises(DatabaseError, match="whoever reviewed does not decide"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_by=approver)

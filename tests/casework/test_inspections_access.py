"""Who inspects is the one who has it on the desk; whoever noted anything at the place never decides that case."""

from datetime import datetime

import pytest
from django.db import DatabaseError, transaction

from services.accounts.models import User
from services.casework import hands
from services.casework import operations as casework
from services.casework.models import Case, Review
from services.casework.operations import UnableToFile, UnableToHandle
from services.foundation import clock
from services.government.calendar import add_working_days
from tests.factories import accounts, reviews
from tests.factories import casework as cases
from tests.factories import inspections as visits


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=visits.inspected_service())


@pytest.fixture
def there(case: Case, inspector: User) -> tuple[Review, datetime]:
    return visits.at_the_place(inspector, case)


def test_nobody_else_appoints_notes_or_signs(
    inspector: User, reviewer: User, supervisor: User, there: tuple[Review, datetime]
) -> None:
    review, at = there
    accounts.wearing(reviewer, "INSPECTOR")
    for other in (reviewer, supervisor):
        for deed in (
            lambda who: visits.appointed(who, review),
            lambda who: visits.noted(who, review, "size", at=at),
            lambda who: visits.signed(who, review, at=at),
        ):
            with pytest.raises(UnableToHandle) as refused:
                deed(other)
            assert refused.value.code == "taken"


def test_an_ordinary_review_is_not_inspected(case: Case, reviewer: User) -> None:
    held = reviews.taken(reviewer, reviews.of(case, "content"))
    with pytest.raises(UnableToHandle) as refused:
        visits.appointed(reviewer, held)
    assert refused.value.code == "inspection"


def test_only_whoever_applied_asks_for_another_time(
    case: Case, stranger: User, inspector: User, intake: User
) -> None:
    first = visits.appointed(inspector, visits.taken(inspector, case))
    wish = add_working_days(first.day, 1)
    for other in (stranger, inspector, intake):
        with pytest.raises(UnableToFile) as refused:
            casework.ask_for_another_time(
                case, actor=other, key="visit", wish=wish, reason="Toko tutup.", at=clock.now()
            )
        assert refused.value.code == "side"


def test_whoever_only_began_the_inspection_never_decides_either(
    case: Case, inspector: User, approver: User, there: tuple[Review, datetime]
) -> None:
    review, at = there
    accounts.wearing(approver, "INSPECTOR")
    casework.release_review(review, actor=inspector, at=at)
    begun = visits.taken(approver, case, at=at)
    visits.noted(approver, begun, "size", at=at)
    casework.release_review(begun, actor=approver, at=at)
    visits.taken(inspector, case, at=at)
    for item in ("size", "safe"):
        visits.noted(inspector, review, item, at=at)
    visits.signed(inspector, review, at=at)
    for hand in (inspector, approver):
        assert hands.has_prepared(hand, case)
        assert not Case.objects.filter(hands.may_decide(hand), pk=case.pk).exists()
        with pytest.raises(DatabaseError, match="does not decide"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(decided_by=hand)

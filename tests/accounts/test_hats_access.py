"""Nobody changes their own hats, and nobody but administrators of the agency changes anybody's."""

import pytest

from services.accounts import operations
from services.accounts.models import Hat, Membership, User
from services.foundation import clock
from tests.accounts.test_hats import give, hats
from tests.factories import accounts

OTHERS = ["citizen", "intake", "reviewer", "inspector", "approver", "supervisor", "executive", "auditor"]


def refused(code: str) -> pytest.RaisesExc[operations.UnableToChangeHats]:
    return pytest.raises(operations.UnableToChangeHats, check=lambda refusal: refusal.code == code)


@pytest.fixture
def waiting(stranger: User, administrator: User) -> Membership:
    return give(Hat.APPROVER, to=stranger, by=administrator)


@pytest.mark.parametrize("who", OTHERS)
def test_only_administrators_change_hats(
    request: pytest.FixtureRequest, who: str, waiting: Membership, stranger: User
) -> None:
    user = request.getfixturevalue(who)
    with refused("not_administrator"):
        give(Hat.INTAKE, to=stranger, by=user)
    with refused("not_administrator"):
        operations.confirm_hat(waiting, confirmed_by=user, at=clock.now())
    with refused("not_administrator"):
        operations.end_hat(waiting, ended_by=user, reason="No", at=clock.now())


def test_administrators_do_not_change_their_own_hats(administrator: User, administrator2: User) -> None:
    with refused("own"):
        give(Hat.INTAKE, to=administrator, by=administrator)
    with refused("own"):
        operations.end_hat(
            administrator.memberships.get(), ended_by=administrator, reason="No", at=clock.now()
        )
    waits = give(Hat.APPROVER, to=administrator, by=administrator2)
    with refused("own"):
        operations.confirm_hat(waits, confirmed_by=administrator, at=clock.now())
    assert hats(administrator) == {Hat.ADMINISTRATOR}


def test_whoever_gives_a_hat_does_not_confirm_it(waiting: Membership, administrator: User) -> None:
    with refused("same_giver"):
        operations.confirm_hat(waiting, confirmed_by=administrator, at=clock.now())


def test_an_administrator_of_another_agency_is_none_here(stranger: User, waiting: Membership) -> None:
    foreign = accounts.officer("Foreign Admin", Hat.ADMINISTRATOR, agency_code="dishub")
    with refused("not_administrator"):
        give(Hat.INTAKE, to=stranger, by=foreign)
    with refused("not_administrator"):
        operations.confirm_hat(waiting, confirmed_by=foreign, at=clock.now())


def test_an_administrator_of_the_root_agency_changes_hats_everywhere(stranger: User) -> None:
    accounts.agency("pemkot", is_root=True)
    head = accounts.officer("Root Admin", Hat.ADMINISTRATOR, agency_code="pemkot")
    give(Hat.INTAKE, to=stranger, by=head)
    assert hats(stranger) == {Hat.INTAKE}


def test_an_administrator_whose_hat_has_ended_is_none(
    stranger: User, administrator: User, administrator2: User
) -> None:
    operations.end_hat(
        administrator.memberships.get(), ended_by=administrator2, reason="Left", at=clock.now()
    )
    with refused("not_administrator"):
        give(Hat.INTAKE, to=stranger, by=administrator)

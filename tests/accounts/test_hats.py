"""Hats are given for a span of days, and some of them by two people."""

from services.accounts import operations, queries
from services.accounts.models import Hat, Membership, User
from services.foundation import clock
from tests.factories import accounts


def give(hat: str, *, to: User, by: User, **dates: object) -> Membership:
    dates.setdefault("valid_from", clock.today())
    return operations.grant_hat(
        user=to,
        agency=accounts.agency(),
        hat=hat,
        granted_by=by,
        at=clock.now(),
        **dates,  # type: ignore[arg-type]
    )


def hats(user: User) -> frozenset[str]:
    return queries.hats_of(user, agency=accounts.agency(), at=clock.now())


def test_a_reviewer_works_as_soon_as_the_hat_is_given(stranger: User, administrator: User) -> None:
    give(Hat.REVIEWER, to=stranger, by=administrator)
    assert hats(stranger) == {Hat.REVIEWER}

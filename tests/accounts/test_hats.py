"""Hats are given for a span of days, and some of them by two people."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import ProtectedError

from services.accounts import operations, queries
from services.accounts.actors import subject_of
from services.accounts.models import Hat, Membership, User
from services.accounts.models.membership import HATS_OF_TWO
from services.audit import queries as record
from services.foundation import clock
from tests.factories import accounts


def give(hat: str, *, to: User, by: User, **dates: Any) -> Membership:
    dates.setdefault("valid_from", clock.today())
    return operations.grant_hat(
        user=to,
        agency=accounts.agency(),
        hat=hat,
        granted_by=by,
        reason="SK 12/2026",
        at=clock.now(),
        **dates,
    )


def hats(user: User) -> frozenset[str]:
    return queries.hats_of(user, agency=accounts.agency(), at=clock.now())


def events(user: User) -> list[str]:
    return [event.action for event in record.events_of(subject_of(user))]


def test_a_reviewer_works_as_soon_as_the_hat_is_given(stranger: User, administrator: User) -> None:
    give(Hat.REVIEWER, to=stranger, by=administrator)
    assert hats(stranger) == {Hat.REVIEWER}
    assert events(stranger) == ["accounts.hat.granted"]


def test_a_hat_counts_from_its_first_day_to_its_last(stranger: User, administrator: User) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    give(Hat.INTAKE, to=stranger, by=administrator, valid_from=tomorrow, valid_until=tomorrow)
    assert hats(stranger) == set()
    clock.move(timedelta(days=1))
    assert hats(stranger) == {Hat.INTAKE}
    assert stranger in queries.users_with(Hat.INTAKE, accounts.agency(), clock.now())
    clock.move(timedelta(days=1))
    assert hats(stranger) == set()


def test_a_hat_counts_in_its_own_agency_only(foreign_reviewer: User) -> None:
    assert hats(foreign_reviewer) == set()
    assert [agency.code for agency in queries.agencies_of(foreign_reviewer, at=clock.now())] == ["dishub"]


@pytest.mark.parametrize("hat", sorted(HATS_OF_TWO))
def test_some_hats_wait_for_a_second_person(
    stranger: User, administrator: User, administrator2: User, hat: str
) -> None:
    membership = give(hat, to=stranger, by=administrator)
    assert hats(stranger) == set()
    operations.confirm_hat(membership, confirmed_by=administrator2, at=clock.now())
    assert hats(stranger) == {hat}
    assert events(stranger) == ["accounts.hat.proposed", "accounts.hat.confirmed"]


def test_a_hat_that_waits_may_be_refused(stranger: User, administrator: User, administrator2: User) -> None:
    membership = give(Hat.APPROVER, to=stranger, by=administrator)
    operations.end_hat(membership, ended_by=administrator2, reason="Not appointed", at=clock.now())
    with pytest.raises(operations.UnableToChangeHats) as refusal:
        operations.confirm_hat(membership, confirmed_by=administrator2, at=clock.now())
    assert refusal.value.code == "not_waiting"


def test_a_hat_ends_with_a_reason(reviewer: User, administrator: User) -> None:
    membership = reviewer.memberships.get()
    with pytest.raises(operations.UnableToChangeHats) as refusal:
        operations.end_hat(membership, ended_by=administrator, reason=" ", at=clock.now())
    assert refusal.value.field == "reason"
    operations.end_hat(membership, ended_by=administrator, reason="Moved to another office", at=clock.now())
    assert hats(reviewer) == set()
    with pytest.raises(operations.UnableToChangeHats) as refusal:
        operations.end_hat(membership, ended_by=administrator, reason="Again", at=clock.now())
    assert refusal.value.code == "ended"


def test_the_same_hat_is_not_given_twice(reviewer: User, administrator: User) -> None:
    with pytest.raises(operations.UnableToChangeHats) as refusal:
        give(Hat.REVIEWER, to=reviewer, by=administrator)
    assert refusal.value.code == "worn"


def test_a_hat_whose_last_day_is_past_is_given_again(stranger: User, administrator: User) -> None:
    give(Hat.REVIEWER, to=stranger, by=administrator, valid_until=clock.today())
    clock.move(timedelta(days=2))
    give(Hat.REVIEWER, to=stranger, by=administrator)
    assert hats(stranger) == {Hat.REVIEWER}


def test_a_last_day_before_the_first_is_refused(stranger: User, administrator: User) -> None:
    with pytest.raises(operations.UnableToChangeHats) as refusal:
        give(Hat.REVIEWER, to=stranger, by=administrator, valid_until=clock.today() - timedelta(days=1))
    assert refusal.value.field == "valid_until"


def test_somebody_whose_account_is_closed_wears_no_hat(reviewer: User) -> None:
    reviewer.is_active = False
    reviewer.save()
    assert hats(reviewer) == set()
    assert not reviewer.is_staff
    assert not queries.users_with(Hat.REVIEWER, accounts.agency(), clock.now())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("nobody_gives_themselves_a_hat", {"granted_by": "user"}),
        ("nobody_confirms_their_own_hat", {"confirmed_by": "user"}),
        ("whoever_gives_a_hat_does_not_confirm_it", {"confirmed_by": "granted_by"}),
        ("hats_of_two_are_confirmed_before_they_count", {"confirmed_by": None}),
        ("a_given_hat_has_its_giver", {"granted_by": None}),
        ("first_administrators_are_only_administrators", {"origin": Membership.Origin.FIRST}),
        ("a_hat_taken_in_an_emergency_is_short_and_explained", {"origin": Membership.Origin.BREAK_GLASS}),
        ("an_ended_membership_says_when", {"state": Membership.State.ENDED}),
        ("membership_hat_exists", {"hat": "KING"}),
    ],
)
def test_the_database_refuses_it_too(approver: User, name: str, change: dict[str, Any]) -> None:
    membership = approver.memberships.get()
    values = {
        key: getattr(membership, value) if value in {"user", "granted_by"} else value
        for key, value in change.items()
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(**values)


def test_the_web_role_cannot_delete_a_membership(citizen: User) -> None:
    accounts.unsigned(citizen, Hat.REVIEWER)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        citizen.memberships.all().delete()


def test_a_hat_that_was_signed_for_stays_whoever_deletes_it(reviewer: User) -> None:
    with pytest.raises(ProtectedError):
        reviewer.memberships.all().delete()


def test_permissions_come_from_hats_alone(reviewer: User, auditor: User, citizen: User) -> None:
    assert reviewer.has_perm("casework.view_case")
    assert not reviewer.has_perm("audit.view_event")
    assert not reviewer.has_perm("casework.change_case")
    assert auditor.has_perms(["audit.view_event", "accounts.view_membership"])
    assert auditor.has_module_perms("audit")
    assert not citizen.has_perm("casework.view_case")
    assert not citizen.has_module_perms("casework")
    assert not any(user.is_superuser for user in (reviewer, auditor, citizen))

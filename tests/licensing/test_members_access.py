"""Who may change a business and who acts for it: those who act for it today, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from licensing import operations
from licensing.models import Business, BusinessMember, Invitation
from services.accounts.models import User
from services.foundation import clock
from tests.factories import licensing

OTHERS = ("stranger", "citizen2", "intake", "reviewer", "approver", "supervisor", "auditor", "administrator")


@pytest.fixture
def business(citizen: User) -> Business:
    """A business of one person, with a code on its way."""
    found = licensing.business(citizen)
    operations.invite_member(found, actor=citizen, phone="+6281234567890", at=clock.now())
    return found


def attempts(business: Business, actor: User) -> list[Any]:
    member, invitation = BusinessMember.objects.get(), Invitation.objects.get()
    return [
        lambda: operations.invite_member(business, actor=actor, phone="+6281234567891", at=clock.now()),
        lambda: operations.withdraw_invitation(invitation, actor=actor, at=clock.now()),
        lambda: operations.end_membership(member, actor=actor, at=clock.now()),
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_may(name: str, request: pytest.FixtureRequest, business: Business) -> None:
    for attempt in attempts(business, request.getfixturevalue(name)):
        with pytest.raises(operations.UnableToJoin) as told:
            attempt()
        assert told.value.code == "foreign"


def test_who_no_longer_acts_for_it_may_not_either(business: Business, citizen: User, citizen2: User) -> None:
    BusinessMember.objects.create(
        business=business,
        person=citizen2.person,
        valid_from=clock.today() - timedelta(days=9),
        valid_until=clock.today() - timedelta(days=1),
    )
    with pytest.raises(operations.UnableToJoin):
        operations.invite_member(business, actor=citizen2, phone="+6281234567891", at=clock.now())


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_the_pages_are_not_there(
    name: str, request: pytest.FixtureRequest, client: Client, business: Business
) -> None:
    client.force_login(request.getfixturevalue(name))
    member, invitation = BusinessMember.objects.get(), Invitation.objects.get()
    for place in (
        "",
        "change/",
        "people/",
        f"people/{member.pk}/end/",
        f"invitations/{invitation.pk}/withdraw/",
    ):
        address = f"/licensing/businesses/{business.pk}/{place}"
        assert client.get(address).status_code == 404, place
        assert client.post(address).status_code in {404, 405}, place


def test_a_member_of_another_business_is_not_ended_through_mine(
    client: Client, business: Business, citizen: User, citizen2: User
) -> None:
    other = licensing.business(citizen2)
    foreign = BusinessMember.objects.get(business=other)
    client.force_login(citizen)
    assert client.post(f"/licensing/businesses/{business.pk}/people/{foreign.pk}/end/").status_code == 404


@pytest.mark.parametrize("place", ["", "new/", "join/"])
def test_the_anonymous_are_asked_to_sign_in(client: Client, place: str) -> None:
    assert "/login/" in client.get(f"/licensing/businesses/{place}")["Location"]

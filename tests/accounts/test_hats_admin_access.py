"""Who finds the page about hats, and which hats they find there."""

import pytest
from django.test import Client

from services.accounts.models import Hat, User
from tests.accounts.test_hats_admin import GIVE, LIST
from tests.factories import accounts

OTHERS = ["citizen", "intake", "reviewer", "inspector", "approver", "supervisor", "executive"]


@pytest.mark.parametrize("who", OTHERS)
def test_others_find_nothing(
    request: pytest.FixtureRequest, client: Client, who: str, administrator: User
) -> None:
    client.force_login(request.getfixturevalue(who))
    pk = administrator.memberships.get().pk
    for address in (f"{LIST}{pk}/", f"{LIST}{pk}/confirm/", f"{LIST}{pk}/end/"):
        assert client.get(address).status_code == 404
    for address in (LIST, GIVE):
        assert client.get(address, follow=True).status_code in {403, 404}


def test_an_administrator_finds_the_hats_of_their_agencies(
    client: Client, administrator: User, foreign_intake: User
) -> None:
    client.force_login(administrator)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{foreign_intake.memberships.get().pk}/").status_code == 404


def test_an_auditor_finds_every_hat_and_changes_none(
    client: Client, auditor: User, foreign_intake: User
) -> None:
    client.force_login(auditor)
    address = f"{LIST}{foreign_intake.memberships.get().pk}/"
    page = client.get(address)
    assert page.status_code == 200
    assert not page.context["can_end"]
    assert client.get(GIVE).status_code == 403
    client.post(f"{address}end/", {"reason": "No"})
    assert foreign_intake.memberships.get().ended_at is None


def test_an_administrator_of_the_root_agency_finds_every_hat(client: Client, foreign_intake: User) -> None:
    accounts.agency("pemkot", is_root=True)
    client.force_login(accounts.officer("Root Admin", Hat.ADMINISTRATOR, agency_code="pemkot"))
    assert client.get(f"{LIST}{foreign_intake.memberships.get().pk}/").context["can_end"]

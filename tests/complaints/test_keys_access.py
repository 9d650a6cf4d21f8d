"""Who finds the keys of programs: auditors, and the administrators over the complaints office."""

import pytest
from django.test import Client

from complaints.models import ApiKey
from complaints.operations import keys
from services.accounts.models import Hat, User
from services.foundation import clock
from tests.complaints.test_keys import FILLED_IN, LIST, MAKE
from tests.factories import accounts
from tests.factories import complaints as reports

OTHERS = ["citizen", "intake", "reviewer", "inspector", "approver", "supervisor", "executive"]


@pytest.fixture(autouse=True)
def _office(db: None) -> None:
    reports.ready()


@pytest.fixture
def key(db: None) -> ApiKey:
    made, _secret = keys.make_key(**FILLED_IN, made_by=None, at=clock.now())
    return made


@pytest.mark.parametrize("who", OTHERS)
def test_others_find_nothing(request: pytest.FixtureRequest, client: Client, who: str, key: ApiKey) -> None:
    client.force_login(request.getfixturevalue(who))

    for address in (f"{LIST}{key.pk}/", f"{LIST}{key.pk}/revoke/"):
        assert client.get(address).status_code == 404
    for address in (LIST, MAKE):
        assert client.get(address, follow=True).status_code in {403, 404}


def test_an_auditor_sees_every_key_and_changes_none(client: Client, auditor: User, key: ApiKey) -> None:
    client.force_login(auditor)

    assert key.name in client.get(LIST).content.decode()
    assert not client.get(f"{LIST}{key.pk}/").context["can_revoke"]
    assert client.get(MAKE).status_code == 403
    assert client.post(f"{LIST}{key.pk}/revoke/", {"reason": "No"}).context["form"].errors
    key.refresh_from_db()
    assert key.revoked_at is None


def test_an_administrator_of_another_office_finds_none(client: Client, key: ApiKey) -> None:
    stranger = accounts.officer("Admin Lain", Hat.ADMINISTRATOR, agency_code="dishub")
    client.force_login(stranger)

    assert key.name not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{key.pk}/").status_code == 404
    assert client.get(MAKE).status_code == 403
    with pytest.raises(keys.UnableToManageKey):
        keys.make_key(**FILLED_IN, made_by=stranger, at=clock.now())


def test_an_administrator_of_the_root_agency_manages_keys(client: Client, key: ApiKey) -> None:
    accounts.agency("pemkot", is_root=True)
    client.force_login(accounts.officer("Admin Kota", Hat.ADMINISTRATOR, agency_code="pemkot"))

    assert client.get(f"{LIST}{key.pk}/").context["can_revoke"]
    assert client.get(MAKE).status_code == 200

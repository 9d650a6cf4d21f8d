"""The catalogue is open to everyone, signed in or not, and to reading only."""

import pytest
from django.test import Client
from pytest_django import Settings

from services.accounts.models import User
from tests.factories import government

pytestmark = pytest.mark.django_db
ADDRESSES = ["/services/", "/services/izin-reklame/", "/services/izin-reklame/questions/"]


@pytest.fixture(autouse=True, scope="module")
def _surabaya(kept: None) -> None:
    government.surabaya()


@pytest.mark.parametrize("address", ADDRESSES)
def test_anyone_may_read(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_citizen_may_read(client: Client, citizen: User, address: str) -> None:
    client.force_login(citizen)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_officer_may_read(client: Client, reviewer: User, settings: Settings, address: str) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(reviewer)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_may_write(client: Client, address: str) -> None:
    assert client.post(address, {"q": "spanduk"}).status_code == 405

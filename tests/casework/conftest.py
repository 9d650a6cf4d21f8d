"""Every test of casework speaks to the database."""

from collections.abc import Callable

import pytest
from django.test import Client

from services.accounts.models import User
from services.government.models import Government
from tests.casework.desk import Desk


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Open the database for each test here."""


@pytest.fixture
def desk(client: Client) -> Desk:
    """An officer's browser."""
    return Desk(client)


@pytest.fixture
def government(db: None) -> Government:
    """The one row that every page keeps in the cache, for tests that count queries."""
    return Government.objects.create(code="kota", name={"id": "Kota"}, short_name={"id": "Kota"})


@pytest.fixture
def page_of(client: Client) -> Callable[..., str]:
    """`page_of(user, "/cases/")` is what this user reads there."""

    def page(user: User, address: str) -> str:
        user.language = "en"
        user.save(update_fields=["language"])
        client.force_login(user)
        answer = client.get(address)
        assert answer.status_code == 200, answer
        return answer.content.decode()

    return page

"""Every test of oversight speaks to the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from services.accounts.models import User
from services.foundation import clock
from services.government.models import Government
from tests.oversight.world import Office, may, officer


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Open the database for each test here."""


@pytest.fixture
def government() -> Government:
    """The one row that every page keeps in the cache, for tests that count queries."""
    return Government.objects.create(code="kota", name={"id": "Kota"}, short_name={"id": "Kota"})


@pytest.fixture
def office() -> Office:
    """An agency whose officers do what a test says."""
    return Office()


@pytest.fixture
def in_may(government: Government) -> Callable[[int], None]:
    """`in_may(12)` makes it noon of the 12th of May 2026."""

    def move(day: int) -> None:
        clock.reset()
        clock.move(may(day, hour=5) - clock.now())

    return move


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """`read(user, "/dashboard/")` is the page as this person reads it, in English."""

    def page(user: User | None, address: str, **asked: Any) -> str:
        if user is not None:
            user.language = "en"
            user.save(update_fields=["language"])
            client.force_login(user)
        else:
            client.logout()
            client.cookies["django_language"] = "en"
        answer = client.get(address, asked)
        assert answer.status_code == 200, (answer.status_code, address)
        body = b"".join(answer) if answer.streaming else answer.content
        return body.decode()

    return page


@pytest.fixture
def commissioner() -> User:
    """An auditor of the commission, for whom no agency is foreign."""
    return officer("Rini Komisi", "AUDITOR", "kpk")

"""Every test of casework speaks to the database."""

import pytest
from django.test import Client

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

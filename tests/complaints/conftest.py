"""Every test of reports speaks to the database; some speak as programs of others."""

import pytest

from complaints.models import ApiKey
from complaints.operations import keys
from services.foundation import clock
from tests.complaints.open311 import Program
from tests.factories import open311


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Open the database for each test here."""


@pytest.fixture
def small_city(db: None) -> None:
    """A government in small, for programs that ask what can be reported there."""
    open311.small_city()


@pytest.fixture
def sender() -> Program:
    """A program that sends reports."""
    return Program()


@pytest.fixture
def program(db: None) -> tuple[ApiKey, str]:
    """Its key, and the key's secret."""
    return keys.make_key(name="Warga Peduli", contact="api@example.org", made_by=None, at=clock.now())


@pytest.fixture
def secret(program: tuple[ApiKey, str]) -> str:
    """The secret alone."""
    return program[1]

"""Every test of reports speaks to the database."""

import pytest


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Open the database for each test here."""

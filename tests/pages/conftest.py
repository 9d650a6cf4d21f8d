"""A portal with its pack, seen by a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal import packs
from services.foundation import clock

SURABAYA = Path(__file__).parents[2] / "packs" / "surabaya"


@pytest.fixture
def surabaya(transactional_db: None) -> None:
    """The portal of Surabaya, as a browser on another connection sees it."""
    packs.load(SURABAYA, at=clock.now())


@pytest.fixture
def quiet_page(page: Page) -> Iterator[Page]:
    """A page on which nothing may go wrong in silence: no error in its console, no refusal by its policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []

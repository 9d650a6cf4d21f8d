"""A town with its pack and its officers, committed, so that a real browser and a real worker see it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from services.accounts.models import User
from tests.journeys.words import Words

#: Where the pictures of a journey are kept when somebody asks for them (`make journey`).
PICTURES = os.environ.get("JOURNEY_PICTURES", "")
WAIT_MILLISECONDS = 30_000
DESK_WIDTH = 1280
expect.set_options(timeout=WAIT_MILLISECONDS)


@pytest.fixture
def town(transactional_db: None, live_server: object, celery_worker_process: subprocess.Popen[bytes]) -> str:
    """The pack of Surabaya in the database, and the address of the portal."""
    call_command("load_pack", str(Path(settings.BASE_DIR, "packs", "surabaya")), verbosity=0)
    return str(live_server.url)  # type: ignore[attr-defined]


@pytest.fixture
def officers(town: str, request: pytest.FixtureRequest) -> dict[str, User]:
    """Those who handle the case."""
    return {name: request.getfixturevalue(name) for name in ("intake", "reviewer", "approver")}


@dataclass
class Manner:
    """How somebody uses the portal: in which language, on which width, with JavaScript or without."""

    language: str
    width: int
    javascript: bool

    @property
    def words(self) -> Words:
        """The words of the pages in this language."""
        return Words(self.language)

    @property
    def at_a_desk(self) -> "Manner":
        """The same at the width of a desk, where officers sit."""
        return replace(self, width=DESK_WIDTH)

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{'js' if self.javascript else 'nojs'}"


@dataclass
class Camera:
    """Takes pictures of pages, numbered in the order of the story, if anybody wants them."""

    story: str
    taken: int = field(default=0)

    def take(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page."""
        if not PICTURES:
            return
        self.taken += 1
        folder = Path(PICTURES, self.story)
        folder.mkdir(parents=True, exist_ok=True)
        picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
        picture.quantize(colors=96).save(folder / f"{self.taken:02}-{name}.png", optimize=True)


@pytest.fixture
def browse(browser: Browser, town: str) -> Iterator[Callable[[Manner], Page]]:
    """Open a new browser, with nothing remembered, for each person of the story."""
    contexts: list[BrowserContext] = []

    def open_page(manner: Manner) -> Page:
        context = browser.new_context(
            base_url=town,
            viewport={"width": manner.width, "height": 800},
            java_script_enabled=manner.javascript,
            locale="id-ID" if manner.language == "id" else "en-GB",
            timezone_id="Asia/Jakarta",
            accept_downloads=True,
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()

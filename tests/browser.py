"""The machine's own Chromium for the tests, and clicks that are over when what they load is there."""

import shutil
from collections.abc import Callable
from functools import wraps
from typing import Any

from playwright.sync_api import Locator

#: Debian's Chromium without a window of its own, which does the same in half the time; elsewhere the whole browser.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--accept-lang=en-US",
]


def until_loaded(act: Callable[..., Any]) -> Callable[..., Any]:
    """Wait for the page that an act loads: Playwright's own ends with the answer's first byte, when there is no title yet."""

    @wraps(act)
    def whole(locator: Locator, *args: Any, **more: Any) -> Any:
        answer = act(locator, *args, **more)
        if not locator.page.is_closed():
            locator.page.wait_for_load_state()
        return answer

    return whole


for _name in ("click", "press"):
    setattr(Locator, _name, until_loaded(getattr(Locator, _name)))

"""A morning by keys: a complete file is accepted in two page loads and at most five keys; marks are set without a mouse."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from services.accounts import operations as accounts
from services.accounts.models import User
from tests.casework.desk import QUEUE
from tests.casework.test_case_pages_in_a_browser import signed_in
from tests.factories import casework as cases

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Hands:
    """Somebody's hands on the keyboard; what they press and what loads is counted."""

    page: Page
    keys: int = 0
    loads: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press these keys, one after the other."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)


@pytest.fixture
def hands(context: BrowserContext, base_url: str, intake: User) -> Hands:
    """Intake's hands, on the first page."""
    page = context.new_page()
    signed_in(page, intake, base_url)
    page.goto("/admin/")
    found = Hands(page)
    page.on("load", lambda loaded: found.loads.append(loaded.url))
    return found


def focused(page: Page) -> Any:
    """What holds the focus, as text."""
    return page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")


def test_a_complete_file_is_accepted_in_two_page_loads_and_at_most_five_keys(
    hands: Hands, citizen: User
) -> None:
    case, page = cases.submitted_application(citizen), hands.page
    hands.press("n")
    expect(page.get_by_role("heading", name=case.reference)).to_be_visible()
    hands.press("d")
    while not str(focused(page)).startswith("Accept"):
        hands.press("d")
    hands.press("Enter")
    expect(page.get_by_text(f"{case.reference} was accepted as complete.")).to_be_visible()
    page.wait_for_load_state("load")
    assert hands.keys <= 5
    assert len(hands.loads) == 2, hands.loads
    case.refresh_from_db()
    assert case.status == "IN_REVIEW"


def test_lists_and_marks_are_walked_by_keys_and_by_none_once_they_are_off(
    hands: Hands, citizen: User, citizen2: User, intake: User
) -> None:
    first, second = cases.submitted_application(citizen), cases.submitted_application(citizen2)
    page = hands.page
    hands.press("q")
    expect(page.get_by_role("link", name=second.reference)).to_be_visible()
    hands.press("j", "ArrowDown")
    assert focused(page) == second.reference
    hands.press("k", "o")
    expect(page.get_by_role("heading", name=first.reference)).to_be_visible()
    hands.press("t")
    expect(page.get_by_text("The case is on your desk.")).to_be_visible()
    hands.press("j", "x")
    assert str(focused(page)).endswith("-code")
    hands.press("Escape", "g")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    assert str(focused(page)).endswith("-tick")
    hands.press("?")
    expect(page.get_by_role("heading", name="In a file")).to_be_visible()

    accounts.choose_keys(intake, on=False)
    page.goto(QUEUE)
    hands.press("j", "?")
    assert page.url.endswith(QUEUE)
    expect(page.get_by_role("link", name=first.reference)).not_to_be_focused()

"""The first page in a real browser: what it says, what it weighs, and that anyone can use it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.checks import FIRST_VISIT_BYTES, axe_findings, html_findings, visit

pytestmark = [pytest.mark.usefixtures("surabaya"), pytest.mark.django_db(transaction=True)]


def test_a_word_leads_to_the_search(quiet_page: Page) -> None:
    quiet_page.goto("/")
    quiet_page.get_by_role("searchbox").fill("spanduk")
    quiet_page.get_by_role("search").get_by_role("button").click()
    expect(quiet_page).to_have_url("/services/?q=spanduk")


def test_the_first_visit_is_light_and_calls_no_other_host(quiet_page: Page, base_url: str) -> None:
    with visit(quiet_page) as seen:
        quiet_page.goto("/")
        quiet_page.wait_for_load_state("networkidle")
    assert seen.failures == []
    assert seen.hosts == {base_url.removeprefix("http://")}
    assert seen.weight <= FIRST_VISIT_BYTES, seen.weights


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, base_url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto("/")
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_the_html_is_valid(quiet_page: Page) -> None:
    assert html_findings(quiet_page.goto("/").text()) == []  # type: ignore[union-attr]


def test_the_language_changes_and_stays(quiet_page: Page) -> None:
    quiet_page.goto("/track/?reference=")
    quiet_page.get_by_role("button", name="English").click()
    expect(quiet_page).to_have_url("/track/?reference=")
    expect(quiet_page.locator("html")).to_have_attribute("lang", "en")
    quiet_page.get_by_role("button", name="Bahasa Indonesia").click()
    expect(quiet_page.locator("html")).to_have_attribute("lang", "id")

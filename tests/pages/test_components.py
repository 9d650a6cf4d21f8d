"""Every component on one page, as it comes and with errors; with the keyboard, without JavaScript, on a small screen."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.checks import FIRST_VISIT_BYTES, axe_findings, faint_texts, html_findings, visit

pytestmark = [
    pytest.mark.usefixtures("surabaya"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.pages.urls"),
]
GALLERY = "/demo/gallery/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_component(browser: Browser, base_url: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(GALLERY)
    assert axe_findings(page) == []
    assert faint_texts(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Save and continue").click()
    assert axe_findings(page) == []
    context.close()


def test_the_html_is_valid(quiet_page: Page) -> None:
    assert html_findings(quiet_page.goto(GALLERY).text()) == []  # type: ignore[union-attr]


def test_a_page_with_everything_is_light(quiet_page: Page) -> None:
    with visit(quiet_page) as seen:
        quiet_page.goto(GALLERY)
        quiet_page.wait_for_load_state("networkidle")
    assert seen.failures == []
    assert seen.weight <= FIRST_VISIT_BYTES, seen.weights


def test_errors_stand_beside_the_field_and_lead_to_it(quiet_page: Page) -> None:
    quiet_page.goto(GALLERY)
    quiet_page.get_by_label("NIK").fill("123")
    quiet_page.get_by_role("button", name="Save and continue").click()
    expect(quiet_page).to_have_title(re.compile("^(Error|Kesalahan):"))
    expect(quiet_page.get_by_label("NIK")).to_have_value("123")
    quiet_page.get_by_role("alert").get_by_role("link", name="NIK").click()
    expect(quiet_page.get_by_label("NIK")).to_be_focused()


def test_what_was_typed_survives_a_lost_connection(quiet_page: Page) -> None:
    quiet_page.goto(GALLERY)
    quiet_page.get_by_label("Full name").fill("Siti Rahayu")
    quiet_page.get_by_label("On land of the city").check()
    quiet_page.get_by_label("Password", exact=True).fill("not to be kept")
    quiet_page.reload()
    expect(quiet_page.get_by_label("Full name")).to_have_value("Siti Rahayu")
    expect(quiet_page.get_by_label("On land of the city")).to_be_checked()
    expect(quiet_page.get_by_label("Password", exact=True)).to_have_value("")


def test_the_form_works_without_javascript(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(GALLERY)
    page.get_by_label("Full name").fill("Siti Rahayu")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("Full name")).to_have_value("Siti Rahayu")
    expect(page.get_by_role("alert").get_by_role("link").first).to_be_visible()
    context.close()


def test_the_map_opens_when_asked_and_writes_the_place(quiet_page: Page) -> None:
    with visit(quiet_page) as before:
        quiet_page.goto(GALLERY)
    assert not [url for url in before.weights if "leaflet" in url]
    quiet_page.locator("[data-map-open]").click()
    expect(quiet_page.get_by_text("Genteng").last).to_be_visible()
    quiet_page.locator("[data-map-picture]").click(position={"x": 100, "y": 100})
    expect(quiet_page.get_by_role("button", name="The place you chose")).to_be_visible()
    assert axe_findings(quiet_page) == []
    assert quiet_page.get_by_label("Latitude").input_value().startswith("-7.")

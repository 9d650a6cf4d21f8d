"""The catalogue in a real browser: on an old phone without JavaScript, and on a desk with it."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import government
from tests.pages import checks

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = [
    "/services/",
    "/services/?q=spnaduk",
    "/services/?q=zzzzqqqq",
    "/services/izin-reklame/",
    "/services/izin-reklame/questions/",
    "/services/izin-reklame/questions/?asked=what",
    "/services/izin-reklame/questions/?what=own_name",
    "/services/izin-reklame/questions/?what=advertisement&business=has_number",
]


@pytest.fixture(autouse=True)
def _surabaya(transactional_db: None) -> None:
    government.surabaya()


def test_on_a_phone_without_javascript_spanduk_leads_to_the_permit(
    live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        locale="id",
        java_script_enabled=False,
        base_url=live_server.url,
    )
    page = context.new_page()
    page.goto("/services/")
    page.get_by_role("searchbox").fill("spanduk")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Izin Reklame").click()
    expect(page.get_by_role("heading", level=1, name="Izin Reklame")).to_be_visible()
    expect(page.get_by_text("5 hari kerja sejak berkas lengkap.")).to_be_visible()
    context.close()


def test_on_a_desk_the_questions_lead_to_the_form(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en", base_url=live_server.url
    )
    page = context.new_page()
    page.goto("/services/izin-reklame/")
    page.get_by_role("link", name="Find out if you need it").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the answers.")
    page.get_by_role("radio", name="A banner, billboard, vertical flag").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("radio", name="Yes, or it is not a business").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Yes, you need it")).to_be_visible()
    assert page.get_by_role("link", name="Apply now").get_attribute("href") == "/permits/apply/izin-reklame/"
    context.close()


@pytest.mark.parametrize(("width", "language"), [(360, "id"), (360, "en"), (1280, "en")])
def test_no_page_has_a_fault(live_server: LiveServer, browser: Browser, width: int, language: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, base_url=live_server.url
    )
    page = context.new_page()
    assert {address: found for address in ADDRESSES if (found := faults_of(page, address))} == {}
    context.close()


def test_the_page_of_a_service_is_light_and_calls_no_other_host(live_server: LiveServer, page: Page) -> None:
    with checks.visit(page) as seen:
        page.goto(f"{live_server.url}/services/izin-reklame/")
    assert len(seen.hosts) == 1
    assert seen.failures == []
    assert seen.weight <= checks.FIRST_VISIT_BYTES


def faults_of(page: Page, address: str) -> list[str]:
    """What axe and html-validate find, and whether anything runs over the edge."""
    answer = page.goto(address)
    faults = checks.axe_findings(page)
    faults += checks.html_findings(answer.text()) if answer else ["no answer"]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("wider than the window")
    return faults

"""Coming in, in a real browser: on an old phone without JavaScript, and at a desk with it. Every page looked at."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from services.accounts.models import Hat, User
from tests.accounts.messages import last_code
from tests.factories import accounts, government
from tests.pages import checks

pytestmark = pytest.mark.django_db(transaction=True)
DOORS = ["/account/login/", "/account/signup/", "/account/login/code/", "/account/password/reset/"]
OWN_PAGES = [
    "/account/profile/",
    "/account/details/",
    "/account/language/",
    "/account/claim/",
    "/account/email/",
    "/account/phone/change/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/logout/",
]
MANNERS = [(360, "id"), (1280, "en")]


@pytest.fixture(autouse=True)
def _surabaya(transactional_db: None) -> None:
    government.surabaya()


def faults_of(page: Page) -> list[str]:
    """What axe and html-validate find on the page as it stands, and whether anything runs over the edge."""
    faults = checks.axe_findings(page) + checks.html_findings(page.request.get(page.url).text())
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("wider than the window")
    return faults


def sign_in(page: Page, user: User, *, by: str) -> None:
    """By password."""
    page.goto("/account/login/")
    page.get_by_role("textbox", name="Phone number or e-mail").fill(user.phone or "")
    page.get_by_role("textbox", name="Password").fill(accounts.PASSWORD)
    page.get_by_role("main").get_by_role("button", name=by).click()


def test_on_a_phone_without_javascript_a_citizen_signs_up_and_comes_back(
    live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        locale="en",
        java_script_enabled=False,
        base_url=live_server.url,
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your phone number or e-mail address")
    page.get_by_role("textbox", name="Phone number or e-mail").fill("0812-3456-7890")
    page.get_by_role("textbox", name="Choose a password").fill(accounts.PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1, name="Enter the code")).to_be_visible()
    page.get_by_role("textbox", name="Code").fill(f" {last_code()} ")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("textbox", name="Full name").fill("Siti Aminah")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Siti Aminah")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, User.objects.get(phone="+6281234567890"), by="Sign in")
    page.goto("/account/profile/")
    expect(page.get_by_role("heading", level=1, name="My account")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "language"), MANNERS)
def test_no_door_has_a_fault(live_server: LiveServer, browser: Browser, width: int, language: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, base_url=live_server.url
    )
    page, faults = context.new_page(), {}
    for address in DOORS:
        page.goto(address)
        faults[address] = faults_of(page)
    page.goto("/account/signup/")
    page.locator("[name=contact]").fill("0812 3456 7890")
    page.locator("[name=password1]").fill(accounts.PASSWORD)
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_url("**/phone/verify/")
    faults["code"] = faults_of(page)
    assert {address: found for address, found in faults.items() if found} == {}
    context.close()


@pytest.mark.parametrize(("width", "language"), MANNERS)
def test_no_page_about_oneself_has_a_fault(
    live_server: LiveServer, browser: Browser, width: int, language: str
) -> None:
    user = accounts.signed_up("Siti Aminah")
    User.objects.filter(pk=user.pk).update(language=language)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="en", base_url=live_server.url
    )
    page, faults = context.new_page(), {}
    sign_in(page, user, by="Sign in")
    for address in OWN_PAGES:
        page.goto(address)
        if "/reauthenticate/" in page.url:
            faults["reauthenticate"] = faults_of(page)
            page.locator("[name=password]").fill(accounts.PASSWORD)
            page.get_by_role("main").get_by_role("button").last.click()
        faults[address] = faults_of(page)
    assert {address: found for address, found in faults.items() if found} == {}
    context.close()


@pytest.mark.parametrize(("width", "language"), MANNERS)
def test_no_page_about_hats_has_a_fault(
    live_server: LiveServer, browser: Browser, width: int, language: str
) -> None:
    user = accounts.officer("Eko Admin", Hat.ADMINISTRATOR)
    other = accounts.officer("Sri Penelaah", Hat.REVIEWER)
    User.objects.filter(pk=user.pk).update(language=language)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="en", base_url=live_server.url
    )
    page, faults = context.new_page(), {}
    sign_in(page, user, by="Sign in")
    faults["second factor"] = faults_of(page)
    page.locator("[name=code]").fill(accounts.code_of_app())
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(f"{live_server.url}/admin/")
    for address in ("give/", f"{other.memberships.get().pk}/"):
        page.goto(f"/admin/accounts/membership/{address}")
        faults[address] = checks.axe_findings(page)
    assert {address: found for address, found in faults.items() if found} == {}
    context.close()

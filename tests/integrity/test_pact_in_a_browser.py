"""Signing the integrity pact as an officer does it: on an old phone without JavaScript, and at a desk with it."""

import pytest
from playwright.sync_api import Browser, expect

from services.accounts.models import Hat, User
from tests.accounts.test_pages_in_a_browser import faults_of
from tests.casework.test_case_pages_in_a_browser import signed_in
from tests.factories import accounts
from tests.factories import casework as cases
from tests.factories.government import surabaya

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newcomer(transactional_db: None, citizen: User) -> User:
    """Somebody of intake who has not signed, with a case in their queue."""
    surabaya()
    cases.submitted_application(citizen)
    user = accounts.signed_up("Baru Masuk")
    accounts.unsigned(user, Hat.INTAKE)
    accounts.second_factor(user)
    user.language = "en"
    user.save(update_fields=["language"])
    return user


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_an_officer_is_led_to_the_pact_signs_it_and_goes_on(
    browser: Browser, base_url: str, newcomer: User, width: int, *, javascript: bool
) -> None:
    context = browser.new_context(
        base_url=base_url, viewport={"width": width, "height": 800}, java_script_enabled=javascript
    )
    page = context.new_page()
    signed_in(page, newcomer, base_url)
    if javascript:
        page.goto("/admin/")
        page.get_by_role("link", name="Read and sign the pact").click()
    else:
        page.goto("/pact/sign/")

    page.get_by_role("button", name="Sign the pact").click()
    if javascript:
        assert faults_of(page) == []
    page.get_by_label("I have read every point, and I will keep them.").check()
    page.get_by_label("Password", exact=True).fill(accounts.PASSWORD)
    page.get_by_role("button", name="Sign the pact").click()

    if javascript:
        expect(page.get_by_text("You have signed the integrity pact. Thank you.")).to_be_visible()
        expect(page.get_by_role("link", name="Read and sign the pact")).to_have_count(0)
    page.goto("/pact/sign/")
    expect(page.get_by_text("You have signed for every hat that you wear")).to_be_visible()
    page.goto("/transparency/pact/")
    expect(page.get_by_role("rowheader", name="Baru Masuk")).to_be_visible()
    if javascript:
        assert faults_of(page) == []
    context.close()

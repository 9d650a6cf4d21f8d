"""The pages of a certificate in force and of one taken back: readable, valid, on a phone and on the desk."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import explain
from tests.factories import casework as cases
from tests.pages.checks import STANDARD, axe_findings, html_findings, visit

pytestmark = [pytest.mark.usefixtures("surabaya"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    """A permit in force."""
    return cases.issued_application(citizen, intake, reviewer, approver)


@pytest.fixture
def read_as(quiet_page: Page, base_url: str, issued: Case) -> Callable[..., None]:
    """`read_as(user, path, width)` opens the page and finds nothing wrong with it."""

    def read(user: User, path: str, width: int) -> None:
        client = Client()
        client.force_login(user)
        if path.startswith("/admin/"):
            explain(client, issued)
        session = client.cookies["sessionid"].value
        quiet_page.context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
        quiet_page.set_viewport_size({"width": width, "height": 800})
        with visit(quiet_page) as seen:
            answer = quiet_page.goto(path)
        assert answer
        assert answer.status == 200
        assert not seen.failures
        assert axe_findings(quiet_page) == []
        rules = {"rules": STANDARD} if path.startswith("/admin/") else {}
        assert html_findings(answer.text(), **rules) == []
        assert quiet_page.evaluate("document.documentElement.scrollWidth") <= width

    return read


@pytest.mark.parametrize("revoked", [False, True])
def test_the_holder_reads_it(
    read_as: Callable[..., None], issued: Case, citizen: User, approver: User, *, revoked: bool
) -> None:
    if revoked:
        casework.revoke_certificate(issued, actor=approver, reason="Menutup trotoar.", at=clock.now())
    for place in ("", "certificate/letter/"):
        for width in (360, 1280):
            read_as(citizen, f"/cases/{issued.reference}/{place}", width)


def test_the_approver_revokes_it_by_keyboard(
    read_as: Callable[..., None], quiet_page: Page, issued: Case, approver: User
) -> None:
    read_as(approver, f"/admin/casework/case/{issued.reference}/", 1280)
    quiet_page.locator("#revoke > summary").focus()
    quiet_page.keyboard.press("Enter")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Enter")
    quiet_page.locator("#revoke[open] .desk-error").wait_for()
    assert axe_findings(quiet_page) == []
    quiet_page.locator("#revoke textarea").focus()
    quiet_page.keyboard.type("Menutup trotoar.")
    quiet_page.keyboard.press("Tab")
    quiet_page.keyboard.press("Enter")
    quiet_page.get_by_text("Menutup trotoar.").first.wait_for()
    assert quiet_page.locator("#revoke").count() == 0

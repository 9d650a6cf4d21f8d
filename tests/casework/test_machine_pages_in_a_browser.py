"""The machine at work as somebody sees and hears it: the page follows by itself, says start and end once, and has no fault."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.documents import operations as documents
from services.foundation import clock
from tests.casework.test_case_pages_in_a_browser import findings, signed_in
from tests.factories import casework as cases
from tests.factories import machine

pytestmark = pytest.mark.django_db(transaction=True)

#: Two looks of the page, and some more.
SOON = 15_000
CHECKING = "The system is checking your application."
#: Keeps what the live region of a page says after it was drawn; what it says at once is read from it.
LISTEN = """
window.said = [];
document.addEventListener("DOMContentLoaded", () => {
  const region = document.querySelector("#announcer");
  new MutationObserver(() => window.said.push(region.textContent.trim())).observe(region, { childList: true });
});
"""


@pytest.fixture
def known(citizen: User) -> User:
    """A citizen whose NIK is on file."""
    machine.known(citizen)
    return citizen


@pytest.fixture
def open_case(context: BrowserContext, base_url: str) -> Callable[[User, str], Page]:
    """`open_case(user, reference)` is the page of a case, with an ear at its live region."""

    def opened(user: User, reference: str) -> Page:
        page = context.new_page()
        page.add_init_script(LISTEN)
        signed_in(page, user, base_url)
        page.goto(f"/cases/{reference}/")
        return page

    return opened


def test_the_page_shows_it_happen_and_says_start_and_end_once(
    open_case: Callable[[User, str], Page], known: User
) -> None:
    case = machine.sent(known)
    page = open_case(known, case.reference)
    main = page.get_by_role("main")
    expect(main.get_by_text(CHECKING)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=CHECKING)).to_have_count(1)

    granted = casework.check_case(case, at=clock.now())
    expect(main.get_by_text("Your certificate is being made and sealed.")).to_be_visible(timeout=SOON)
    expect(main.get_by_text("The documents are complete")).to_be_visible()

    certificate = permits.order_certificate(granted, at=clock.now())
    documents.sign_certificate(certificate.id, at=clock.now())
    permits.issue_certificate(granted, at=clock.now())
    expect(main.get_by_text("Your certificate is ready.")).to_be_visible(timeout=SOON)
    expect(main.get_by_text("Issued", exact=True).first).to_be_visible()
    expect(main.get_by_text("Granted, the certificate is issued")).to_be_visible(timeout=SOON)
    assert page.evaluate("window.said") == ["Your certificate is ready."]


def test_where_a_person_has_to_look_the_page_says_so_by_itself(
    open_case: Callable[[User, str], Page], citizen: User
) -> None:
    case = machine.sent(citizen)
    page = open_case(citizen, case.reference)
    expect(page.get_by_role("main").get_by_text(CHECKING)).to_be_visible()
    casework.check_case(case, at=clock.now())
    expect(page.get_by_text("No NIK is on file for the applicant.")).to_be_visible(timeout=SOON)

    (said,) = page.evaluate("window.said")
    assert said.startswith("A person at the office looks at what has not passed.")


def test_the_pages_have_no_fault(
    browser: Browser, base_url: str, known: User, citizen2: User, intake: User
) -> None:
    waiting = machine.sent(known)
    left = casework.check_case(machine.sent(citizen2), at=clock.now())
    granted = casework.check_case(
        cases.submitted_application(known, version=machine.service(slug="surat-lain")), at=clock.now()
    )
    assert (waiting.status, left.status, granted.status) == ("SUBMITTED", "SUBMITTED", "GRANTED")
    found = findings(browser, base_url, known, [f"/cases/{case.reference}/" for case in (waiting, granted)])
    found += findings(browser, base_url, citizen2, [f"/cases/{left.reference}/"])
    found += findings(browser, base_url, intake, [f"/admin/casework/case/{left.reference}/"])
    assert not found, "\n".join(found)

"""The pages of cases in a real browser: axe finds nothing, the HTML is valid, nothing is wider than the screen."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from permits import operations as permits
from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import User
from services.casework import handlers
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.openings import Why
from services.foundation import clock
from tests.casework.desk import QUEUE, file
from tests.factories import casework as cases
from tests.factories import documents
from tests.pages.checks import axe_findings, html_findings

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = 20_000
SIZES = [(360, "light"), (1280, "dark")]


def signed_in(page: Page, user: User | None, base_url: str) -> None:
    """Give the browser the session of this user, in English."""
    page.context.clear_cookies()
    if user is None:
        return
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}]
    )


def findings(browser: Browser, base_url: str, user: User | None, addresses: Iterable[str]) -> list[str]:
    """All that axe, html-validate and the width of the page say of these pages."""
    found: list[str] = []
    for width, scheme in SIZES:
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]  # one of its literals
        )
        page = context.new_page()
        signed_in(page, user, base_url)
        for address in addresses:
            answer = page.goto(address)
            page.wait_for_load_state("networkidle")
            where = f"{width} {scheme} {address}"
            found += [f"{where} {line}" for line in axe_findings(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{where} is wider than the screen")
            if width == SIZES[0][0] and answer:
                found += [f"{where} {line}" for line in html_findings(answer.text())]
        context.close()
    return found


def test_anyone_can_use_the_pages_of_a_case(
    browser: Browser, base_url: str, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    returned = cases.returned_application(citizen, intake)
    asked = casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())
    permits.ask_applicant(
        asked, actor=reviewer, things=cases.a_fact("Berapa tinggi tiangnya?"), at=clock.now()
    )
    granted = cases.granted_application(citizen, intake, reviewer, approver)
    why = Why(code="CITIZEN")
    casework.record_opening(granted, viewer=approver, hat="APPROVER", at=clock.now(), why=why)
    cases.filled_application(citizen)
    pages = ["/cases/", *(f"/cases/{case.reference}/" for case in (returned, asked, granted))]
    pages += [handlers.answer_link(asked.requests.get()), f"/cases/{returned.reference}/withdraw/"]
    pages += ["/track/", "/track/?reference=P-00000-00001", f"/track/{returned.reference}/"]
    assert findings(browser, base_url, citizen, pages) == []


def test_anyone_can_use_the_desk(
    browser: Browser,
    base_url: str,
    citizen: User,
    citizen2: User,
    intake: User,
    reviewer: User,
    approver: User,
) -> None:
    accounts.keep_nik(citizen.person, "3578015502900000", actor=actors.acting(citizen), at=clock.now())
    cases.submitted_application(citizen2, at=clock.now() - timedelta(days=9))
    mended = cases.mended_application(citizen, intake)
    casework.take_case(mended, actor=intake, reason_code="COUNTER", at=clock.now())
    casework.add_office_note(mended, actor=intake, words="Pemohon menelepon.", at=clock.now())
    free = cases.submitted_application(citizen)
    document = mended.documents.get(slot="ktp", replaced_at=None).document_id
    pages = [
        "/admin/",
        QUEUE,
        f"{QUEUE}?q=zz",
        file(mended),
        file(free),
        file(mended, f"documents/{document}/"),
    ]
    assert findings(browser, base_url, intake, pages) == []
    reviewed = casework.take_case(
        cases.accepted_application(citizen2, intake), actor=reviewer, at=clock.now()
    )
    assert findings(browser, base_url, reviewer, [file(reviewed)]) == []
    decided = cases.recommended_application(citizen2, intake, reviewer)
    casework.take_case(decided, actor=approver, at=clock.now())
    assert findings(browser, base_url, approver, [file(decided), file(mended, "opening/")]) == []


def test_a_file_is_returned_with_the_keyboard_alone(
    page: Page, base_url: str, citizen: User, intake: User
) -> None:
    case = casework.take_case(cases.submitted_application(citizen), actor=intake, at=clock.now())
    signed_in(page, intake, base_url)
    page.goto(file(case))
    tick = page.get_by_role("checkbox", name="Has a defect Identity card")
    expect(page.get_by_role("combobox", name="What is wrong? Identity card")).to_be_hidden()
    tick.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    code = page.get_by_role("combobox", name="What is wrong? Identity card")
    expect(code).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Terpotong di kanan.")
    page.get_by_role("button", name="Return with all defects").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This is what the applicant will read")).to_be_visible()
    page.get_by_role("button", name="Return it and send this letter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{case.reference} was returned.")).to_be_visible(timeout=SLOW)
    assert Case.objects.get(pk=case.pk).status == "RETURNED"


def test_the_next_case_is_taken_with_one_key(page: Page, base_url: str, citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    signed_in(page, intake, base_url)
    page.goto(QUEUE)
    expect(page.get_by_role("link", name=case.reference)).to_be_visible()
    page.keyboard.press("Alt+KeyN")
    page.wait_for_url(f"**{file(case)}")
    expect(page.get_by_role("button", name="Accept as complete")).to_be_visible()


def test_the_sidebar_and_its_links_open_with_the_keyboard(page: Page, base_url: str, intake: User) -> None:
    signed_in(page, intake, base_url)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/admin/")
    page.get_by_role("button", name="Menu").press("Enter")
    page.get_by_role("button", name=intake.person.name).press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_the_certificate_appears_on_the_open_page_and_is_announced(
    page: Page, base_url: str, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    signed_in(page, citizen, base_url)
    page.goto(f"/cases/{case.reference}/")
    announcer = page.locator("#announcer")
    expect(announcer).to_have_text("Your certificate is being made and sealed.")
    documents.signed_certificate(reference=case.reference)
    link = page.get_by_role("link", name="Download the certificate (PDF)")
    expect(link).to_be_visible(timeout=SLOW)
    expect(announcer).to_have_text("Your certificate is ready.")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".pdf")
    expect(page.get_by_role("link", name="The page that verifies it")).to_be_visible()

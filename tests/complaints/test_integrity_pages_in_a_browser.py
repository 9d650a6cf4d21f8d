"""The pages of an integrity report in a real browser, on a phone without JavaScript and at a desk with it."""

import re
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from complaints.integrity.forms import FORMS
from services.accounts.models import User
from services.casework.models import Case
from tests.complaints.confidential import ANSWERS
from tests.factories import integrity as reports
from tests.pages.checks import axe_findings, html_findings

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/complaints/integrity/new/"


@pytest.fixture(autouse=True)
def _ready(transactional_db: None) -> None:
    reports.ready()


@pytest.fixture(params=[(360, False), (1280, True)], ids=["phone-nojs", "desk-js"])
def reader(browser: Browser, base_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, javascript = request.param
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
        locale="id-ID",
    )
    yield context.new_page()
    context.close()


def go_on(page: Page) -> None:
    page.get_by_role("main").get_by_role("button").last.click()


def fill_in(page: Page, name: str) -> None:
    """Answer a page as somebody does who sees only what it shows."""
    for field, value in ANSWERS.get(name, {}).items():
        control = page.locator(f"main [name={field}]")
        if control.first.get_attribute("type") in {"radio", "checkbox"}:
            page.locator(f"main [name={field}][value='{value}']").check()
        elif control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it came and as it stands; axe needs JavaScript, so it looks where there is some."""
    source = page.request.get(page.url)
    found = html_findings(source.text()) if source.ok else []
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        found += axe_findings(page)
    viewport = page.viewport_size
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"is {width} wide"] if viewport and width > viewport["width"] else [])


def test_every_page_is_whole_and_a_report_takes_less_than_three_minutes(reader: Page) -> None:
    begun = time.monotonic()
    reader.goto(NEW)
    found: list[str] = faults(reader)
    go_on_from_start = reader.get_by_role("main").get_by_role("button").first
    go_on_from_start.click()
    seen = []
    while (name := reader.url.rstrip("/").rsplit("/", 1)[-1]) != "check":
        seen.append(name)
        found += [f"{name}: {fault}" for fault in faults(reader)]
        fill_in(reader, name)
        go_on(reader)
        assert len(seen) < 12, (seen, reader.get_by_role("main").inner_text())
    found += [f"check: {fault}" for fault in faults(reader)]
    go_on(reader)
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    found += [f"sent: {fault}" for fault in faults(reader)]
    words = reader.locator(".passphrase__words").inner_text()
    reference = Case.objects.get(kind="INTEGRITY").reference
    go_on(reader)
    found += [f"open: {fault}" for fault in faults(reader)]
    reader.locator("[name=reference]").fill(reference)
    reader.locator("[name=passphrase]").fill(words)
    go_on(reader)
    expect(reader).to_have_url(re.compile("/complaints/integrity/dialogue/$"))
    found += [f"dialogue: {fault}" for fault in faults(reader)]
    assert found == []
    assert seen == [name for name in ANSWERS if name in FORMS]
    assert time.monotonic() - begun < 180


def test_what_is_wrong_is_said_beside_the_field(reader: Page) -> None:
    reader.goto(NEW)
    reader.get_by_role("main").get_by_role("button").first.click()
    go_on(reader)
    assert faults(reader) == []
    expect(reader.locator(".govuk-error-summary")).to_be_visible()


def test_the_desk_of_the_receiver_is_whole(browser: Browser, base_url: str) -> None:
    examiner: User = reports.examiner("Tulus Pemeriksa")
    reports.examiner("Sari Rekan")
    case = reports.asked(examiner, who="Laki-laki, baju batik", amount=500_000)
    context = browser.new_context(base_url=base_url, viewport={"width": 1280, "height": 900})
    client = Client()
    client.force_login(examiner)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    page = context.new_page()
    page.goto(f"/admin/casework/case/{case.reference}/")
    expect(page.get_by_text("baju batik")).to_be_visible()
    expect(page.get_by_text("Rp500.000")).to_be_visible()
    assert axe_findings(page) == []
    context.close()

"""A stranger with a phone verifies a paper, without JavaScript and with it."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from services.audit.actors import SYSTEM
from services.documents import codes, operations
from services.foundation import clock
from tests.factories import documents, government
from tests.pages import checks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _surabaya(transactional_db: None) -> None:
    government.surabaya()


def faults_of(page: Page, html: str) -> list[str]:
    """What axe and html-validate find, and whether anything runs over the edge."""
    faults = checks.axe_findings(page) + checks.html_findings(html)
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("wider than the window")
    return faults


@pytest.mark.parametrize(("width", "has_script"), [(360, False), (1280, True)])
def test_a_stranger_holds_paper_and_file_against_the_register(
    browser: Browser,
    live_server: LiveServer,
    settings: Settings,
    tmp_path: Path,
    width: int,
    *,
    has_script: bool,
) -> None:
    settings.LANGUAGE_CODE = "en"
    certificate = documents.signed_certificate()
    genuine, altered = tmp_path / "izin.pdf", tmp_path / "salinan.pdf"
    genuine.write_bytes(documents.paper(certificate))
    altered.write_bytes(documents.paper(certificate) + b"\n% catatan\n")
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=has_script, locale="en"
    )
    page = context.new_page()

    page.goto(f"{live_server.url}/verify/")
    page.get_by_role("textbox", name="Code on the certificate").fill(
        certificate.code.lower().replace("-", " ")
    )
    page.get_by_role("button", name="Check the code").click()
    expect(page.get_by_role("heading", level=1, name="Genuine and valid")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text=certificate.number)).to_be_visible()

    page.get_by_label("PDF file of the certificate").set_input_files(genuine)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("Every byte of this file is as we signed it")).to_be_visible()

    page.get_by_role("link", name="Check another document").click()
    page.get_by_label("PDF file of the certificate").set_input_files(altered)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", level=1, name="Altered: do not rely on this file")).to_be_visible()
    expect(page.get_by_role("region", name="Did someone ask you for money")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "language"), [(360, "id"), (1280, "en")])
def test_no_page_has_a_fault(live_server: LiveServer, browser: Browser, width: int, language: str) -> None:
    good, revoked = documents.signed_certificate(), documents.signed_certificate()
    operations.revoke_certificate(revoked, actor=SYSTEM, reason="Roboh", at=clock.now())
    ended = documents.signed_certificate(
        valid_from=clock.today() - timedelta(days=30), valid_until=clock.today() - timedelta(days=1)
    )
    addresses = ["/verify/", "/verify/?code=", "/verify/?code=7K3F"]
    addresses += [f"/verify/{code}/" for code in (good.code, revoked.code, ended.code, codes.new())]
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale=language, base_url=live_server.url
    )
    page = context.new_page()
    found = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer
        found[address] = faults_of(page, answer.text())
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_the_first_visit_is_light_and_calls_no_other_host(live_server: LiveServer, page: Page) -> None:
    certificate = documents.signed_certificate()
    with checks.visit(page) as seen:
        page.goto(f"{live_server.url}/verify/{certificate.code}/")
    assert len(seen.hosts) == 1
    assert seen.failures == []
    assert seen.weight <= checks.FIRST_VISIT_BYTES

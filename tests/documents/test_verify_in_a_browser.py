"""A stranger with a phone verifies a paper, without JavaScript and with it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.factories import documents

pytestmark = pytest.mark.django_db(transaction=True)


def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


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
    if has_script:
        assert fits(page)
    context.close()

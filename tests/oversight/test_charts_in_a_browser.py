"""Charts in a real browser: pictures of the tables beside them, in both colour schemes, and the page whole without them."""

import pytest
from playwright.sync_api import Browser, Page, expect

from oversight import operations
from services.accounts.models import User
from services.foundation import clock
from tests.cast import PASSWORD
from tests.factories import accounts
from tests.factories import casework as made
from tests.pages.checks import axe_findings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def head(transactional_db: None) -> User:
    """The head of an agency in which something came in, was returned and waits."""
    citizen, intake = accounts.signed_up("Budi Santoso"), accounts.officer("Wulan Intake", "INTAKE")
    made.submitted_application(citizen)
    made.returned_application(citizen, intake)
    operations.refresh_figures(at=clock.now())
    return accounts.officer("Lestari Kepala", "EXECUTIVE")


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/login/?next=/dashboard/")
    page.locator("[name=login]").fill(user.email or "")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.locator("[name=code]").fill(accounts.code_of_app())
    page.locator("main").get_by_role("button").first.click()
    expect(page).to_have_url("/dashboard/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_table_has_its_chart(browser: Browser, base_url: str, head: User, scheme: str) -> None:
    context = browser.new_context(base_url=base_url, locale="id-ID", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, head)

    charts = page.locator("figure canvas")

    expect(charts).to_have_count(3)
    expect(charts.first).to_have_accessible_name(
        "Yang masuk, keluar, menunggu, dan terlambat, serta lama prosesnya, untuk setiap layanan."
    )
    colours = (
        "canvas => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size"
    )
    assert all(chart.evaluate(colours) > 2 for chart in charts.all())
    assert axe_findings(page) == []
    assert said == []
    context.close()


def test_the_tables_are_there_without_javascript(browser: Browser, base_url: str, head: User) -> None:
    context = browser.new_context(base_url=base_url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, head)

    expect(page.get_by_role("table")).to_have_count(3)
    expect(page.locator("figure")).to_have_count(3)
    expect(page.locator("figure:visible")).to_have_count(0)
    page.get_by_role("link", name="menunggu").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Menunggu")
    context.close()

"""The same code under another pack is another government: its name, its band and its services, and nothing of the first."""

from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from portal import governments, packs
from services.foundation import clock
from services.government import look
from tests.pages.checks import axe_findings, html_findings

PAGES = ("/", "/services/", "/services/izin-pemakaian-pantai/")


@pytest.fixture
def bengkulu(transactional_db: None) -> None:
    """The portal of Bengkulu, as a browser on another connection sees it."""
    packs.load(governments.PACKS / "bengkulu", at=clock.now())


def drawing(name: str) -> str:
    version = look.read_drawings(governments.PACKS / "bengkulu")["version"]
    return f"/look/{name}.svg?v={version}"


@pytest.mark.usefixtures("bengkulu")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_bengkulu_and_nothing_of_surabaya(client: Client, path: str, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(path).content.decode()
    assert "Bengkulu" in page
    assert drawing("band") in page
    assert "(0736) 555-01" in page
    for word in ("surabaya", "kawung", "siola", "dpmptsp kota surabaya", "#0b5563"):
        assert word not in page.lower()


@pytest.mark.usefixtures("bengkulu")
@pytest.mark.django_db(transaction=True)
def test_each_service_of_bengkulu_is_found_by_its_own_words(client: Client) -> None:
    for word, name in {
        "tabut": "Izin Penggunaan Jalan untuk Acara",
        "solar": "Surat Rekomendasi BBM Nelayan",
    }.items():
        assert name in client.get(f"/services/?q={word}").content.decode()


@pytest.mark.usefixtures("bengkulu")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_its_pages_are_as_good_as_those_of_the_first(
    browser: Browser, base_url: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    for path in PAGES:
        answer = page.goto(path)
        assert axe_findings(page) == []
        assert html_findings(answer.text()) == []  # type: ignore[union-attr]
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


@pytest.mark.usefixtures("bengkulu")
@pytest.mark.django_db(transaction=True)
def test_a_browser_draws_the_curves_of_besurek(page: Page, base_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    expect(page.get_by_role("link", name="Bengkulu").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert {urljoin(base_url, drawing(name)) for name in look.DRAWINGS} <= set(asked)
    mask = page.locator(".band").first.evaluate("band => getComputedStyle(band, '::before').maskImage")
    assert drawing("band") in mask

"""The journey in a real browser: on an old phone without JavaScript, and on a desk with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from permits import operations as permits
from services.accounts.models import User
from services.accounts.operations import choose_language
from services.casework import operations as casework
from services.casework.operations import FoundDefect
from services.documents import operations as making
from services.foundation import clock
from tests.factories import accounts, applications, documents
from tests.factories.applications import MEMBER
from tests.factories.applying import Applicant
from tests.pages import checks

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
#: Reading a photo takes a child process, and machines that test are busy.
PATIENCE_MILLISECONDS = 30_000


@pytest.fixture
def applicant(transactional_db: None) -> Applicant:
    applications.full_service()
    return Applicant(accounts.signed_up("Budi Santoso")).begin()


@pytest.fixture
def open_browser(browser: Browser, live_server: LiveServer, applicant: Applicant) -> Iterator[Open]:
    """Open the applicant's browser: on a phone or a desk, with JavaScript or without."""
    contexts: list[BrowserContext] = []
    expect.set_options(timeout=PATIENCE_MILLISECONDS)

    def opened(*, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=javascript, base_url=live_server.url
        )
        session = applicant.client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the phone."""
    path = tmp_path / "ktp.jpg"
    path.write_bytes(documents.picture())
    return path


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_on_a_phone_without_javascript_a_document_is_photographed_looked_at_and_finished(
    open_browser: Open, applicant: Applicant, photo: Path
) -> None:
    page = open_browser(width=360, javascript=False)
    page.goto(applicant.url("tasks"))
    page.get_by_role("link", name="Identity card").click()
    page.get_by_label("Photo or PDF").set_input_files(photo)
    press(page, "Add")
    expect(page.get_by_role("img", name="Sheet 1, open it larger")).to_be_visible()
    page.get_by_label("Photo or PDF").set_input_files(photo)
    press(page, "Add this sheet")
    press(page, "Take again sheet 2")
    expect(page.get_by_role("heading", name="1 sheet so far")).to_be_visible()
    press(page, "Yes, all sheets are here and readable")
    expect(page.get_by_text("are being joined")).to_be_visible()
    making.join_document(applicant.case.documents.get().document_id, at=clock.now())
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("img", name="Picture of page 1")).to_be_visible()


def test_with_javascript_a_photo_is_shown_back_before_it_is_sent(
    open_browser: Open, applicant: Applicant, photo: Path
) -> None:
    page = open_browser()
    page.goto(applicant.url("document", slot="ktp"))
    page.get_by_label("Photo or PDF").set_input_files(photo)
    page.get_by_role("button", name="Yes, readable").click()
    press(page, "Add")
    expect(page.get_by_role("img", name="Sheet 1, open it larger")).to_be_visible()
    press(page, "Yes, all sheets are here and readable")
    expect(page.get_by_role("status")).to_have_text(
        "Your sheets are being joined to one document. You can go on meanwhile."
    )
    making.join_document(applicant.case.documents.get().document_id, at=clock.now())
    expect(page.get_by_role("status")).to_have_text("Ready: 1 page.")


def test_a_question_that_hangs_on_another_comes_and_goes_with_javascript(
    open_browser: Open, applicant: Applicant
) -> None:
    page = open_browser()
    page.goto(applicant.url("questions", group="event"))
    asked = page.get_by_role("textbox", name="Music kind")
    expect(asked).to_be_hidden()
    page.get_by_role("group", name="Has music").get_by_role("radio", name="Yes").check()
    expect(asked).to_be_visible()
    page.get_by_role("group", name="Has music").get_by_role("radio", name="No").check()
    expect(asked).to_be_hidden()


def test_without_javascript_the_condition_stands_in_words(open_browser: Open, applicant: Applicant) -> None:
    page = open_browser(width=360, javascript=False)
    page.goto(applicant.url("questions", group="event"))
    expect(page.get_by_role("textbox", name="Music kind")).to_be_visible()
    expect(page.get_by_text("Only if your answer to “Has music (en)” is “Yes”")).to_be_visible()


def test_the_map_opens_when_it_is_asked_for_and_fills_in_the_numbers(
    open_browser: Open, applicant: Applicant
) -> None:
    page = open_browser()
    with checks.visit(page) as seen:
        page.goto(applicant.url("questions", group="place"))
    assert not [url for url in seen.weights if "leaflet" in url]
    page.get_by_role("button", name="Or point at it on the map").click()
    page.get_by_role("button", name="Zoom in").wait_for()
    page.locator(".leaflet-container").click(position={"x": 200, "y": 150})
    expect(page.get_by_role("textbox", name="Latitude")).not_to_have_value("")


def test_without_javascript_the_numbers_are_typed_and_no_map_is_offered(
    open_browser: Open, applicant: Applicant
) -> None:
    page = open_browser(width=360, javascript=False)
    page.goto(applicant.url("questions", group="place"))
    expect(page.get_by_role("textbox", name="Latitude")).to_be_visible()
    expect(page.get_by_role("button", name="Or point at it on the map")).to_be_hidden()


def test_what_was_typed_survives_a_lost_tab_connection(open_browser: Open, applicant: Applicant) -> None:
    page = open_browser()
    page.goto(applicant.url("questions", group="event"))
    page.get_by_role("textbox", name="Title").fill("Pasar Malam")
    page.reload()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Pasar Malam")


def test_an_old_draft_of_the_tab_never_covers_newer_answers(open_browser: Open, applicant: Applicant) -> None:
    page = open_browser()
    page.goto(applicant.url("item", group="team", number=1))
    page.get_by_role("textbox", name="Member (en)").fill("Lama")
    applicant.fill("item", MEMBER | {"q-member": "Baru"}, group="team", number=1)
    page.reload()
    expect(page.get_by_role("textbox", name="Member (en)")).to_have_value("Baru")


@pytest.mark.parametrize(("width", "language"), [(360, "id"), (1280, "en")])
def test_no_page_has_a_fault(
    open_browser: Open, applicant: Applicant, intake: User, width: int, language: str
) -> None:
    page = open_browser(width=width)
    faults: dict[str, list[str]] = {}

    def look(name: str, query: str = "", **more: object) -> None:
        choose_language(applicant.user, language=language)
        found = faults_of(page, applicant.url(name, **more) + query)
        if found:
            faults[f"{len(faults)} {name}{query} {more} {applicant.case.status}"] = found

    for name in ("start", "tasks", "identity"):
        look(name)
    look("tasks", "?missing")
    look("questions", group="event")
    look("questions", group="place")
    look("questions", group="team")
    look("item", group="team", number=1)
    look("document", slot="ktp")
    applicant.send(
        "document",
        {"upload": [documents.upload(), documents.upload(documents.pdf(), name="a.pdf")]},
        slot="ktp",
    )
    look("document", slot="ktp")
    applicant.send("finish", slot="ktp")
    look("document", slot="ktp")
    making.join_document(applicant.case.documents.get().document_id, at=clock.now())
    look("document", slot="ktp")
    look("document", slot="letter")
    applicant.name_oneself()
    applicant.answer_everything()
    look("questions", group="team")
    look("remove_item", group="team", number=1)
    look("check")
    applicant.declare_and_send()
    look("receipt")
    casework.take_case(applicant.case, actor=intake, reason_code="COUNTER", at=clock.now())
    defects = [
        FoundDefect(target="DOCUMENT", key="ktp", code="UNREADABLE", words="Sudut kiri gelap."),
        FoundDefect(target="ANSWER", key="title", code="INCOMPLETE"),
    ]
    permits.return_application(applicant.case, actor=intake, defects=defects, at=clock.now())
    look("tasks")
    look("document", slot="ktp")
    look("questions", group="event")
    assert faults == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_a_helper_has_a_fault(open_browser: Open, applicant: Applicant, width: int) -> None:
    helper = Applicant(applicant.user).begin("PROXY")
    page = open_browser(width=width)
    addresses = [helper.url("identity")]
    helper.send("identity", {"name": "Siti Aminah", "nik": applications.NIK, "phone": "0812 9876 5432"})
    helper.send("send_code")
    addresses += [helper.url("tasks"), helper.url("confirmation") + "?sent", helper.url("slip")]
    addresses.append(helper.url("document", slot="signed_slip"))
    assert {address: found for address in addresses if (found := faults_of(page, address))} == {}


@pytest.mark.parametrize("name", ["start", "tasks", "questions", "document"])
def test_a_first_visit_is_light_and_calls_no_other_host(
    open_browser: Open, applicant: Applicant, name: str
) -> None:
    more = {"questions": {"group": "event"}, "document": {"slot": "ktp"}}.get(name, {})
    page = open_browser()
    with checks.visit(page) as seen:
        page.goto(applicant.url(name, **more))
    assert len(seen.hosts) == 1
    assert seen.failures == []
    assert seen.weight <= checks.FIRST_VISIT_BYTES


def faults_of(page: Page, address: str) -> list[str]:
    """What axe and html-validate find, and whether anything runs over the edge."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        return [f"{address} answers {answer and answer.status}"]
    faults = checks.axe_findings(page) + checks.html_findings(answer.text())
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("wider than the window")
    return faults

"""An inspection with a poor connection: what is entered is kept on the phone and sent later, in order, once each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Noted
from services.foundation import clock
from tests.casework.desk import file
from tests.casework.test_case_pages_in_a_browser import signed_in
from tests.factories import casework as cases
from tests.factories import inspections as visits
from tests.factories.documents import picture

pytestmark = pytest.mark.django_db(transaction=True)
ALL, LATER = "Everything is sent.", "Not sent yet: 3."


@pytest.fixture
def case(citizen: User, intake: User, inspector: User) -> Iterator[Case]:
    """An inspection whose day has come."""
    made = cases.accepted_application(citizen, intake, version=visits.inspected_service())
    _review, moment = visits.at_the_place(inspector, made)
    clock.move(moment - clock.now())
    yield made
    clock.reset()


@pytest.fixture
def page(context: BrowserContext, base_url: str, case: Case, inspector: User) -> Page:
    """The inspector's phone at the place, with a connection as yet."""
    shown = context.new_page()
    shown.set_viewport_size({"width": 360, "height": 740})
    signed_in(shown, inspector, base_url)
    shown.goto(file(case, "reviews/visit/visit/"))
    expect(shown.get_by_role("status")).to_have_text(ALL)
    return shown


def test_without_a_connection_nothing_is_lost_and_all_is_sent_once_in_its_order(
    page: Page, context: BrowserContext
) -> None:
    size = page.get_by_role("group", name="The size is as applied for")
    with page.expect_response("**/visit/note/"):
        size.get_by_role("radio", name="Yes").check()
    expect(page.get_by_role("status")).to_have_text(ALL)
    context.set_offline(True)
    size.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("group", name="It is fixed safely").get_by_role("textbox").fill("Baut longgar.")
    page.get_by_role("textbox", name="What the photo shows").fill("Baut")
    page.get_by_label("Take photos").set_input_files(
        {"name": "baut.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(page.get_by_role("status")).to_contain_text(LATER)
    page.get_by_role("link", name="Finish").click()
    expect(page.get_by_role("status")).to_have_text(
        "Not everything is sent yet. Wait for a connection before you finish."
    )
    assert Noted.objects.count() == 1

    context.set_offline(False)
    page.reload()
    expect(page.get_by_role("status")).to_have_text(ALL)
    expect(page.get_by_role("group", name="It is fixed safely").get_by_role("textbox")).to_have_value(
        "Baut longgar."
    )
    kept = [(row.item, row.answer, row.words) for row in Noted.objects.order_by("pk")]
    assert kept == [
        ("size", "YES", ""),
        ("size", "NO", ""),
        ("safe", "", "Baut longgar."),
        ("", "", "Baut"),
    ]


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_kept_once(page: Page) -> None:
    arrived: list[str] = []

    def lose_the_first_answer(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        arrived.append(answer.text())
        if len(arrived) == 1:
            route.abort()  # type: ignore[attr-defined]
        else:
            route.fulfill(response=answer)  # type: ignore[attr-defined]

    page.route("**/visit/note/", lose_the_first_answer)
    page.get_by_role("group", name="It is fixed safely").get_by_role("radio", name="Yes").check()
    expect(page.get_by_role("status")).to_contain_text("Not sent yet: 1.")
    expect(page.get_by_role("status")).to_have_text(ALL, timeout=15_000)
    assert len(arrived) == 2
    assert arrived[0] == arrived[1]
    assert Noted.objects.count() == 1


def test_once_it_is_on_another_desk_the_page_stops_and_says_what_is_kept_and_where_to_go(
    page: Page, case: Case, inspector: User
) -> None:
    casework.release_review(visits.of(case), actor=inspector, at=clock.now())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/note/") else None)
    page.get_by_role("group", name="It is fixed safely").get_by_role("textbox").fill("Baut longgar.")
    expect(page.get_by_role("status")).to_contain_text("Not sent: 1. This inspection is not on your desk")
    expect(page.get_by_role("listitem").filter(has_text="Baut longgar.")).to_be_visible()
    expect(page.get_by_role("link", name="To the reviews")).to_be_visible()
    page.get_by_role("group", name="The size is as applied for").get_by_role("radio", name="Yes").check()
    expect(page.get_by_role("status")).to_contain_text("Not sent: 2.")
    assert len(asked) == 1
    assert not Noted.objects.exists()

"""The button that undoes a step: readable and valid on the file and on the first page, on a phone and on a screen."""

import pytest
from django.test import Client
from playwright.sync_api import Page

from services.accounts.models import User
from services.casework.models import Case
from services.foundation import clock
from tests.factories import casework as cases
from tests.factories import catalogue
from tests.pages.checks import STANDARD, axe_findings, html_findings, visit

pytestmark = [pytest.mark.usefixtures("surabaya"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def accepted(citizen: User, intake: User) -> Case:
    """Accepted a moment ago."""
    version = catalogue.published_version(undo_seconds=600)
    return cases.accepted_application(citizen, intake, version=version, at=clock.now())


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("place", ["/admin/casework/case/{}/", "/admin/?done={}"])
def test_the_button_stands_where_the_officer_looks(
    quiet_page: Page, base_url: str, accepted: Case, intake: User, place: str, width: int
) -> None:
    client = Client()
    client.force_login(intake)
    session = client.cookies["sessionid"].value
    quiet_page.context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
    quiet_page.set_viewport_size({"width": width, "height": 800})
    with visit(quiet_page) as seen:
        answer = quiet_page.goto(place.format(accepted.reference))
    assert answer
    assert quiet_page.get_by_role("main").get_by_role("button", name="Batalkan", exact=True).is_visible()
    assert not seen.failures
    assert axe_findings(quiet_page) == []
    assert html_findings(answer.text(), rules=STANDARD) == []
    assert quiet_page.evaluate("document.documentElement.scrollWidth") <= width

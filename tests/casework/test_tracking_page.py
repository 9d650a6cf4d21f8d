"""Following a case by its reference, for anybody."""

import re
from typing import Any

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.foundation import clock
from services.government.models import Government
from tests.factories import casework as cases

UNKNOWN = "P-00000-00000"


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def test_a_reference_shows_stations_dates_and_the_office_and_no_person(
    client: Client, citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    page = client.get(f"/track/{case.reference}/").content.decode()
    assert "Waiting for the decision" in page
    assert "The office acts by" in page
    assert case.agency.short_name["en"] in page
    for person in (citizen, intake, reviewer):
        assert person.person.name not in page
    for secret in ("Warung Bu Sri", "Intake officer", "Reviewer"):
        assert secret not in page


def test_the_form_leads_to_the_page_however_the_reference_was_copied(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    answer = client.get("/track/", {"reference": case.reference.lower().replace("-", " ")})
    assert answer.status_code == 302
    assert answer["Location"] == f"/track/{case.reference}/"


def test_a_mangled_reference_is_told_at_once(
    client: Client, government: Government, django_assert_num_queries: Any
) -> None:
    client.get("/track/")
    with django_assert_num_queries(0):
        page = client.get("/track/", {"reference": "P-00000-00001"}).content.decode()
    assert "typing error" in page
    assert "P-00000-00001" in page


def test_nothing_typed_is_told(client: Client, db: None) -> None:
    assert "Enter the reference" in client.get("/track/", {"reference": " "}).content.decode()


def test_a_draft_and_one_that_never_was_are_told_in_the_same_words(client: Client, citizen: User) -> None:
    draft = cases.filled_application(citizen)
    never = client.get(f"/track/{UNKNOWN}/")
    kept = client.get(f"/track/{draft.reference}/")
    assert never.status_code == kept.status_code == 404
    assert "There is no case with this reference" in never.content.decode()
    said = [re.sub(r'nonce="[^"]*"|value="[^"]*"', "", answer.content.decode()) for answer in (never, kept)]
    assert said[0].replace(UNKNOWN, draft.reference) == said[1]


def test_tracking_asks_two_queries(
    client: Client, citizen: User, intake: User, government: Government, django_assert_num_queries: Any
) -> None:
    case = cases.returned_application(citizen, intake)
    client.get(f"/track/{case.reference}/")
    with django_assert_num_queries(2):
        client.get(f"/track/{case.reference}/")


def test_an_ended_case_shows_no_road_ahead(
    client: Client, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=approver, at=clock.now())
    permits.refuse_application(case, actor=approver, reason_code="FORBIDDEN_PLACE", at=clock.now())
    page = client.get(f"/track/{case.reference}/").content.decode()
    assert "still to come" not in page
    assert "Pasal 9" not in page


def test_whoever_tries_many_references_is_asked_to_wait(client: Client, db: None) -> None:
    answers = [client.get(f"/track/{UNKNOWN}/").status_code for _try in range(31)]
    assert answers[:30] == [404] * 30
    assert answers[30] == 429


def test_everybody_reaches_it(client: Client, citizen: User, stranger: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    for user in (None, citizen, stranger, intake):
        if user:
            client.force_login(user)
        assert client.get(f"/track/{case.reference}/").status_code == 200
        assert client.get("/track/").status_code == 200

"""A returned application: each defect beside what it concerns, only that is needed, then send again."""

import pytest
from django.urls import reverse

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.operations import FoundDefect, Thing
from services.foundation import clock
from tests.factories import applications, documents
from tests.factories.applications import EVENT
from tests.factories.applying import Applicant

UNREADABLE = FoundDefect(target="DOCUMENT", key="ktp", code="UNREADABLE", words="Sudut kiri gelap.")
INCOMPLETE = FoundDefect(target="ANSWER", key="title", code="INCOMPLETE", words="Tulis nama lengkap acara.")


@pytest.fixture
def returned(citizen: User, intake: User) -> Applicant:
    applications.full_service()
    applicant = Applicant(citizen).complete()
    applicant.declare_and_send()
    casework.take_case(applicant.case, actor=intake, reason_code="COUNTER", at=clock.now())
    permits.return_application(applicant.case, actor=intake, defects=[UNREADABLE, INCOMPLETE], at=clock.now())
    return applicant


def mend(returned: Applicant) -> None:
    returned.fill("questions", EVENT | {"q-title": "Pasar Malam Kampung Ketandan"}, group="event")
    document = documents.ready_document(owner=returned.user)
    returned.send("remove", slot="ktp")
    returned.send("reuse", {"document": str(document.pk)}, slot="ktp")


def test_the_page_lists_every_defect_in_the_words_of_the_letter(returned: Applicant) -> None:
    text = returned.open("tasks").content.decode()
    assert "asks you to mend 2 things" in text
    for words in (
        "The picture is unreadable.",
        "Sudut kiri gelap.",
        "The answer is incomplete.",
        "Tulis nama lengkap acara.",
    ):
        assert words in text
    assert returned.url("document", slot="ktp") in text
    assert returned.url("questions", group="event") in text


def test_each_page_shows_its_own_defect(returned: Applicant) -> None:
    assert "Tulis nama lengkap acara." in returned.open("questions", group="event").content.decode()
    assert "Sudut kiri gelap." in returned.open("document", slot="ktp").content.decode()
    assert "What the office asked" not in returned.open("questions", group="place").content.decode()


def test_mending_one_of_two_is_not_enough(returned: Applicant) -> None:
    returned.fill("questions", EVENT | {"q-title": "Pasar Malam Kampung Ketandan"}, group="event")
    assert "Mended" in returned.open("tasks").content.decode()
    answer = returned.declare_and_send()
    assert answer["Location"] == returned.url("tasks") + "?missing"
    assert "Mend: Identity card" in returned.client.get(answer["Location"]).content.decode()
    assert returned.case.status == "RETURNED"


def test_when_all_is_mended_it_is_sent_again(returned: Applicant) -> None:
    mend(returned)
    assert "Changed" in returned.open("check").content.decode()
    assert returned.declare_and_send()["Location"] == returned.url("receipt")
    case = returned.case
    assert (case.status, case.rounds) == ("SUBMITTED", 2)
    assert set(case.submissions.get(round=2).changed) == {"ktp", "title"}


def test_a_document_to_be_mended_is_replaced_before_one_goes_on(returned: Applicant) -> None:
    going_on = f'href="{returned.url("tasks")}" class="govuk-button'
    page = returned.open("document", slot="ktp").content.decode()
    assert "Replace it" in page
    assert going_on not in page
    mend(returned)
    assert going_on in returned.open("document", slot="ktp").content.decode()


def test_the_receipt_says_when_it_was_sent_again(returned: Applicant) -> None:
    assert "sent again on" not in returned.open("receipt").content.decode()
    mend(returned)
    returned.declare_and_send()
    assert "mended and sent again on" in returned.open("receipt").content.decode()


def test_a_double_click_sends_again_once(returned: Applicant) -> None:
    mend(returned)
    for _click in range(2):
        assert returned.declare_and_send()["Location"] == returned.url("receipt")
    assert returned.case.rounds == 2


def test_what_the_office_asked_during_review_is_shown_with_the_way_to_answer(
    citizen: User, intake: User, reviewer: User
) -> None:
    applications.full_service()
    applicant = Applicant(citizen).complete()
    applicant.declare_and_send()
    at = clock.now()
    casework.take_case(applicant.case, actor=intake, reason_code="COUNTER", at=at)
    permits.accept_application(applicant.case, actor=intake, at=at)
    casework.take_case(applicant.case, actor=reviewer, reason_code="COUNTER", at=at)
    asked = Thing(kind="CORRECTION", key="title", words="Nama acara?")
    permits.ask_applicant(applicant.case, actor=reviewer, things=[asked], at=at)
    number = applicant.case.requests.get().pk
    assert "Nama acara?" in applicant.client.get(f"/cases/{applicant.reference}/").content.decode()
    assert applicant.open("tasks")["Location"] == reverse("casework:case", args=[applicant.reference])
    step = applicant.open("asked", number=number).content.decode()
    assert "Nama acara?" in step
    assert f'value="{EVENT["q-title"]}"' in step
    assert "guests" not in step
    applicant.send("asked", {"q-title": "Pasar Pagi"}, number=number)
    assert applicant.case.answers["title"] == "Pasar Pagi"
    assert applicant.case.status == "IN_REVIEW"
    row = applicant.case.requests.get()
    assert (row.was, row.value) == ({"answer": EVENT["q-title"]}, {"answer": "Pasar Pagi"})

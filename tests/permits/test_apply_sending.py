"""Checking, declaring, sending once, the receipt; and what keeps an application from being sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from permits import operations as permits
from services.accounts.models import User
from services.casework.models import Case, Submission
from services.foundation import clock
from tests.factories import accounts, applications, documents
from tests.factories.applications import EVENT
from tests.factories.applying import Applicant


@pytest.fixture
def applicant(citizen: User) -> Applicant:
    applications.full_service()
    return Applicant(citizen)


def test_a_complete_application_is_sent_and_leads_to_its_receipt(applicant: Applicant) -> None:
    answer = applicant.complete().declare_and_send()
    assert answer.status_code == 302
    assert answer["Location"] == applicant.url("receipt")
    case = applicant.case
    assert (case.status, case.rounds) == ("SUBMITTED", 1)
    text = applicant.open("receipt").content.decode()
    assert case.reference in text
    assert "checks whether the file is complete, by" in text


def test_sending_asks_the_database_at_most_twenty_times(
    applicant: Applicant, django_assert_max_num_queries: object
) -> None:
    applicant.complete()
    applicant.open("check")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        answer = applicant.declare_and_send()
    assert answer["Location"] == applicant.url("receipt")


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(applicant: Applicant) -> None:
    text = applicant.complete().open("check").content.decode()
    for words in (
        "Pasar Malam",
        "Rp1.500.000",
        "Friday, 27 March 2099",
        "Kecamatan Genteng",
        "Siti Aminah",
        "Budi Santoso",
    ):
        assert words in text
    assert applicant.url("questions", group="event") + "?from=check" in text


def test_changing_one_thing_leads_back_to_checking(applicant: Applicant) -> None:
    applicant.complete()
    page = applicant.url("questions", group="event") + "?from=check"
    seen = applicant.client.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]
    answer = applicant.client.post(page, EVENT | {"q-title": "Pasar Pagi", "seen": seen})
    assert answer["Location"] == applicant.url("check")


def test_without_the_declaration_nothing_is_sent(applicant: Applicant) -> None:
    page = applicant.complete().send("check", {"submission_key": uuid4().hex})
    assert "Tick the box" in page.content.decode()
    assert applicant.case.status == "DRAFT"


def test_a_double_click_sends_once(applicant: Applicant) -> None:
    applicant.complete()
    key = uuid4().hex
    answers = [applicant.declare_and_send(key) for _click in range(2)]
    assert {answer["Location"] for answer in answers} == {applicant.url("receipt")}
    assert Submission.objects.filter(case=applicant.case).count() == 1
    assert Case.objects.count() == 1


def test_the_back_button_after_sending_leads_to_the_receipt(applicant: Applicant) -> None:
    applicant.complete().declare_and_send()
    for page in ("tasks", "check", "identity"):
        assert applicant.open(page)["Location"] == applicant.url("receipt")
    assert applicant.open("questions", group="event")["Location"] == applicant.url("receipt")
    assert applicant.fill_nothing("questions", group="event")["Location"] == applicant.url("receipt")
    assert applicant.declare_and_send()["Location"] == applicant.url("receipt")
    assert applicant.case.rounds == 1


def test_what_is_missing_is_named_and_linked_on_the_task_list(applicant: Applicant) -> None:
    applicant.begin()
    answer = applicant.declare_and_send()
    assert answer["Location"] == applicant.url("tasks") + "?missing"
    text = applicant.client.get(answer["Location"]).content.decode()
    assert "Something is still missing" in text
    for words in ("name and NIK", "Fill in: Title (en)", "Add: Member 1", "Add the document: Identity card"):
        assert words in text
    assert f'href="{applicant.url("document", slot="ktp")}"' in text
    assert applicant.case.status == "DRAFT"


def test_the_check_page_of_an_incomplete_application_leads_to_what_is_missing(applicant: Applicant) -> None:
    applicant.begin()
    assert applicant.open("check")["Location"] == applicant.url("tasks") + "?missing"


def test_a_date_that_has_passed_since_it_was_typed_is_found_at_the_sending(applicant: Applicant) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    applicant.complete()
    typed = {
        "q-starts_on_day": tomorrow.day,
        "q-starts_on_month": tomorrow.month,
        "q-starts_on_year": tomorrow.year,
    }
    applicant.fill("questions", EVENT | typed, group="event")
    clock.move(timedelta(days=5))
    answer = applicant.declare_and_send()
    assert answer["Location"] == applicant.url("tasks") + "?missing"
    assert "This date has passed" in applicant.client.get(answer["Location"]).content.decode()


def test_an_unfinished_document_is_named(applicant: Applicant) -> None:
    applicant.complete()
    applicant.send("remove", slot="ktp")
    applicant.send("document", {"upload": documents.upload()}, slot="ktp")
    text = applicant.client.get(applicant.declare_and_send()["Location"]).content.decode()
    assert "Finish the document: Identity card" in text


def test_answers_that_are_not_asked_any_more_do_not_reach_the_office(applicant: Applicant) -> None:
    applicant.complete()
    applicant.fill("questions", EVENT | {"q-place_kind": "shop"}, group="event")
    applicant.fill("questions", {"q-shop_name": "Toko Maju"}, group="shop")
    applicant.fill("questions", EVENT, group="event")
    assert applicant.declare_and_send()["Location"] == applicant.url("receipt")
    assert applicant.case.answers["shop_name"] is None


def test_documents_that_are_not_asked_any_more_do_not_reach_the_office(applicant: Applicant) -> None:
    applicant.complete()
    applicant.fill("questions", EVENT | {"q-place_kind": "shop"}, group="event")
    applicant.add_ready_document("lease")
    applicant.fill("questions", EVENT, group="event")
    assert applicant.declare_and_send()["Location"] == applicant.url("receipt")
    assert set(applicant.case.submissions.get().documents) == {"ktp"}


def test_a_withdrawn_application_leads_to_its_case(applicant: Applicant) -> None:
    applicant.complete().declare_and_send()
    permits.withdraw_application(applicant.case, actor=applicant.user, at=clock.now())
    for page in ("tasks", "check", "receipt"):
        assert applicant.open(page)["Location"] == reverse("casework:case", args=[applicant.reference])


def test_a_draft_that_was_given_up_leads_to_its_case(applicant: Applicant) -> None:
    applicant.begin()
    permits.withdraw_application(applicant.case, actor=applicant.user, at=clock.now())
    assert applicant.open("tasks")["Location"] == reverse("casework:case", args=[applicant.reference])


def test_an_older_version_of_the_service_stays_the_drafts_own(applicant: Applicant) -> None:
    applicant.complete()
    before = applicant.case.service_version_id
    applications.full_service(time={"amount": 5}, fee={"amount": 1000})
    assert applicant.declare_and_send()["Location"] == applicant.url("receipt")
    assert applicant.case.service_version_id == before


def test_the_receipt_leads_to_the_case_and_to_tracking(applicant: Applicant) -> None:
    applicant.complete().declare_and_send()
    text = applicant.open("receipt").content.decode()
    assert reverse("casework:case", args=[applicant.reference]) in text
    assert reverse("casework:tracking", args=[applicant.reference]) in text


def test_a_draft_has_no_receipt(applicant: Applicant) -> None:
    applicant.begin()
    assert applicant.open("receipt")["Location"] == applicant.url("tasks")


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_are_one(transactional_db: None) -> None:
    applications.full_service()
    applicant = Applicant(accounts.signed_up("Budi Santoso")).complete()
    key = uuid4().hex
    both = Barrier(2)

    def click(_number: int) -> str:
        both.wait()
        try:
            return str(
                Applicant(applicant.user, reference=applicant.reference).declare_and_send(key)["Location"]
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        assert set(clicks.map(click, range(2))) == {applicant.url("receipt")}
    assert applicant.case.rounds == 1
    assert Submission.objects.count() == 1

"""Coming back to an integrity report with its passphrase."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from complaints.integrity import operations as integrity
from complaints.integrity.views import dialogue
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.documents.models import Document
from services.foundation import clock
from tests.complaints.confidential import page
from tests.factories import complaints, documents
from tests.factories import integrity as reports

OPEN, HERE, LEAVE = (f"/complaints/integrity/{place}/" for place in ("open", "dialogue", "leave"))
WRONG = "abadi abang agung air ajaib"


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    reports.ready()
    client.cookies["django_language"] = "en"


@pytest.fixture
def examiner() -> User:
    return reports.examiner("Tulus Pemeriksa")


def come_back(client: Client, case: Case, passphrase: str = reports.PASSPHRASE) -> Any:
    return client.post(OPEN, {"reference": case.reference, "passphrase": passphrase})


def test_the_passphrase_opens_the_dialogue_for_an_hour(client: Client) -> None:
    case = reports.received()
    answer = come_back(client, case)
    assert answer["Location"] == HERE
    assert case.reference not in answer["Location"]
    told = page(client.get(HERE))
    assert case.reference in told
    assert "Received" in told
    cookie = client.cookies[dialogue.COOKIE]
    assert (cookie["path"], cookie["httponly"]) == ("/complaints/integrity/", True)
    assert case.reference not in cookie.value
    clock.move(timedelta(minutes=61))
    assert client.get(HERE)["Location"] == OPEN


def test_a_wrong_one_and_a_reference_that_never_was_are_told_in_the_same_words(client: Client) -> None:
    case = reports.received()
    wrong = page(come_back(client, case, WRONG))
    nowhere = page(client.post(OPEN, {"reference": "C-00000-00000", "passphrase": reports.PASSPHRASE}))
    assert "do not belong together" in wrong
    assert wrong.replace(case.reference, "").count("govuk-error") == nowhere.count("govuk-error")
    assert client.get(HERE).status_code == 302


def test_a_passphrase_is_not_guessed(client: Client) -> None:
    case = reports.received()
    answers = [come_back(client, case, f"{WRONG} {number}") for number in range(21)]
    assert answers[-1].status_code == 429
    assert "Try again in an hour" in page(answers[-1])
    assert come_back(client, case).status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    other.cookies["django_language"] = "en"
    assert come_back(other, case).status_code == 429


def test_the_reporter_reads_the_question_and_answers_with_a_photo(client: Client, examiner: User) -> None:
    case = reports.asked(examiner)
    come_back(client, case)
    told = page(client.get(HERE))
    assert "Di loket nomor berapa?" in told
    assert "Answer the receiver" in told
    assert examiner.person.name not in told
    answer = client.post(HERE, {"words": "Loket tiga.", "upload": [documents.upload(name="budi.jpg")]})
    assert answer["Location"] == HERE
    case.refresh_from_db()
    assert case.status == "IN_EXAMINATION"
    told = page(client.get(HERE))
    assert "Loket tiga." in told
    assert "With 1 file" in told


def test_an_empty_message_and_a_file_that_is_none_are_told(client: Client) -> None:
    case = reports.received()
    come_back(client, case)
    assert "Write your message" in page(client.post(HERE, {"words": " "}))
    refused = page(client.post(HERE, {"words": "Ini.", "upload": [documents.upload(b"x", name="a.txt")]}))
    assert "a.txt" in refused
    assert "Ini." in refused
    assert not case.messages.exists()
    assert not Document.objects.exists()


def test_the_reporter_sees_who_opened_it_and_no_name(client: Client, examiner: User) -> None:
    case = reports.received()
    casework.record_opening(case, viewer=examiner, hat="INTAKE", at=clock.now())
    come_back(client, case)
    told = page(client.get(HERE))
    assert "Intake officer" in told
    assert examiner.person.name not in told


def test_the_end_is_told_in_words(client: Client, examiner: User) -> None:
    case = reports.in_examination(examiner)
    integrity.find_true(case, actor=examiner, words="Terbukti. Petugas diperiksa.", at=clock.now())
    come_back(client, case)
    told = page(client.get(HERE))
    assert "Found true" in told
    assert "Terbukti. Petugas diperiksa." in told


def test_it_is_closed_on_this_device(client: Client) -> None:
    come_back(client, reports.received())
    assert client.post(LEAVE)["Location"] == OPEN
    assert client.get(HERE)["Location"] == OPEN


def test_the_dialogue_of_other_reports_knows_nothing_of_it_and_the_other_way_round(client: Client) -> None:
    case = reports.received()
    ordinary = complaints.received_report()
    there = page(
        client.post("/complaints/open/", {"reference": case.reference, "passphrase": reports.PASSPHRASE})
    )
    assert "Received" not in there
    assert client.get(f"/complaints/{case.reference}/").status_code == 404
    assert client.get(f"/track/{case.reference}/").status_code == 404
    assert "do not belong together" in page(come_back(client, ordinary))


def test_a_forged_or_foreign_cookie_opens_nothing(client: Client) -> None:
    client.cookies[dialogue.COOKIE] = "00ff"
    assert client.get(HERE)["Location"] == OPEN
    client.cookies[dialogue.COOKIE] = "not hexadecimal"
    assert client.post(HERE, {"words": "Halo"})["Location"] == OPEN

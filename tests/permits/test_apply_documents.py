"""The documents of an application: photographed, looked at, put in order, finished, used again, taken again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from services.accounts.models import User
from services.documents import operations as making
from services.documents.models import Document
from services.foundation import clock
from tests.factories import applications, documents
from tests.factories.applying import Applicant

KTP: dict[str, Any] = {"slot": "ktp"}


@pytest.fixture
def applicant(citizen: User) -> Applicant:
    applications.full_service()
    return Applicant(citizen).begin()


def add(applicant: Applicant, *uploads: SimpleUploadedFile, slot: str = "ktp") -> str:
    """Send files and return the page that follows."""
    answer = applicant.send("document", {"upload": list(uploads)}, slot=slot)
    page = applicant.open("document", slot=slot) if answer.status_code == 302 else answer
    return str(page.content.decode())


def document_in(applicant: Applicant, slot: str = "ktp") -> Document:
    return applicant.case.documents.get(slot=slot, replaced_at=None).document


def test_photos_are_added_one_by_one_and_shown_back(applicant: Applicant) -> None:
    add(applicant, documents.upload(name="satu.jpg"))
    text = add(applicant, documents.upload(name="dua.jpg"))
    assert "2 sheets so far" in text
    assert "can every letter be read" in text
    assert text.count('class="sheet__image" src=') == 2


def test_several_files_can_be_chosen_at_once(applicant: Applicant) -> None:
    pdf = documents.upload(documents.pdf(), name="surat.pdf")
    add(applicant, documents.upload(), pdf)
    assert [sheet.content_type for sheet in document_in(applicant).sheets.order_by("position")] == [
        "image/jpeg",
        "application/pdf",
    ]


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (documents.upload(b"", name="kosong.jpg"), "empty"),
        (documents.upload(b"x" * (16 * 1024 * 1024), name="besar.jpg"), "larger than 15 MB"),
        (documents.upload(b"x" * (30 * 1024 * 1024), name="besar.pdf"), "larger than 15 MB"),
        (documents.upload(documents.picture("PNG"), name="gambar.pdf"), "another"),
        (documents.upload(b"hello", name="surat.txt"), "not a photo or a PDF"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_beside_the_field(
    applicant: Applicant, upload: SimpleUploadedFile, words: str
) -> None:
    upload.seek(0)
    text = add(applicant, upload)
    assert words in text
    assert "Error:" in text
    assert not applicant.case.documents.exists()


def test_choosing_no_file_is_told(applicant: Applicant) -> None:
    text = applicant.send("document", {}, **KTP).content.decode()
    assert "Choose a file or take a photo" in text


def test_the_usable_files_of_one_upload_are_kept(applicant: Applicant) -> None:
    text = add(applicant, documents.upload(name="baik.jpg"), documents.upload(b"", name="kosong.jpg"))
    assert "kosong.jpg" in text
    assert "1 sheet so far" in text


def test_a_bad_file_leaves_the_sheets_before_it(applicant: Applicant) -> None:
    add(applicant, documents.upload())
    assert "1 sheet so far" in add(applicant, documents.upload(b"", name="kosong.jpg"))


def test_no_more_pages_than_the_standard_allows(applicant: Applicant) -> None:
    text = add(applicant, *(documents.upload(name=f"{number}.jpg") for number in range(4)))
    assert "too many pages" in text
    assert document_in(applicant).sheets.count() == 3


def test_a_sheet_is_taken_again(applicant: Applicant) -> None:
    add(applicant, documents.upload(name="satu.jpg"), documents.upload(name="dua.jpg"))
    first = document_in(applicant).sheets.get(position=1)
    applicant.send("again", sheet=first.pk, **KTP)
    assert [sheet.name for sheet in document_in(applicant).sheets.all()] == ["dua.jpg"]


def test_taking_the_only_sheet_again_empties_the_slot(applicant: Applicant) -> None:
    add(applicant, documents.upload())
    applicant.send("again", sheet=document_in(applicant).sheets.get().pk, **KTP)
    assert not applicant.case.documents.filter(replaced_at=None).exists()


def test_a_sheet_moves_forward(applicant: Applicant) -> None:
    add(applicant, documents.upload(name="satu.jpg"), documents.upload(name="dua.jpg"))
    second = document_in(applicant).sheets.get(position=2)
    applicant.send("move", sheet=second.pk, **KTP)
    assert [sheet.name for sheet in document_in(applicant).sheets.order_by("position")] == [
        "dua.jpg",
        "satu.jpg",
    ]


@pytest.mark.parametrize(("place", "following"), [("shop", "lease"), ("home", "")])
def test_a_document_leads_on_to_the_next_one_that_is_needed(
    applicant: Applicant, place: str, following: str
) -> None:
    applicant.fill("questions", applications.EVENT | {"q-place_kind": place}, group="event")
    known = documents.ready_document(owner=applicant.user)
    applicant.send("reuse", {"document": str(known.pk)}, **KTP)
    onward = applicant.url("document", slot=following) if following else applicant.url("tasks")
    assert f'href="{onward}" class="govuk-button' in applicant.open("document", **KTP).content.decode()


def test_a_document_of_the_same_name_is_offered_first_and_none_twice(applicant: Applicant) -> None:
    documents.ready_document(owner=applicant.user, title="Identity card")
    plan = documents.ready_document(owner=applicant.user, title="Site plan")
    page = applicant.open("document", **KTP).content.decode()
    assert page.index(">Identity card</label>") < page.index(">Site plan</label>")
    applicant.send("reuse", {"document": str(plan.pk)}, slot="letter")
    assert ">Site plan</label>" not in applicant.open("document", **KTP).content.decode()


def test_finishing_shows_progress_and_then_the_pages(
    applicant: Applicant, deliver_outbox: Callable[[], None]
) -> None:
    add(applicant, documents.upload(), documents.upload())
    applicant.send("finish", **KTP)
    waiting = applicant.open("document", **KTP).content.decode()
    assert "are being joined" in waiting
    assert applicant.url("progress", **KTP) in waiting
    assert 'data-progress="running"' in applicant.open("progress", **KTP).content.decode()
    making.join_document(document_in(applicant).pk, at=clock.now())
    done = applicant.open("progress", **KTP).content.decode()
    assert 'data-progress="done"' in done
    assert "Ready: 2 pages." in done
    assert "Page 2" in applicant.open("document", **KTP).content.decode()


def test_finishing_twice_is_one_finishing(applicant: Applicant) -> None:
    add(applicant, documents.upload())
    for _click in range(2):
        assert applicant.send("finish", **KTP).status_code == 302
    assert document_in(applicant).state == "JOINING"


def test_a_document_that_could_not_be_joined_says_why_and_keeps_its_sheets(applicant: Applicant) -> None:
    add(applicant, documents.upload())
    applicant.send("finish", **KTP)
    Document.objects.filter(pk=document_in(applicant).pk).update(state="REFUSED", refusal="DAMAGED")
    assert "damaged" in applicant.open("document", **KTP).content.decode()
    applicant.send("reopen", **KTP)
    assert "1 sheet so far" in applicant.open("document", **KTP).content.decode()


def test_a_ready_document_can_be_replaced(applicant: Applicant) -> None:
    before = applicant.add_ready_document()
    applicant.send("remove", **KTP)
    add(applicant, documents.upload())
    assert document_in(applicant).pk != before.pk
    assert applicant.case.documents.count() == 2


def test_a_document_of_an_earlier_application_is_offered_and_used_again(applicant: Applicant) -> None:
    document = documents.ready_document(owner=applicant.user, title="KTP saya")
    assert "KTP saya" in applicant.open("document", **KTP).content.decode()
    applicant.send("reuse", {"document": str(document.pk)}, **KTP)
    assert document_in(applicant) == document


def test_somebody_elses_document_cannot_be_used(applicant: Applicant, stranger: User) -> None:
    document = documents.ready_document(owner=stranger)
    applicant.send("reuse", {"document": str(document.pk)}, **KTP)
    assert not applicant.case.documents.exists()
    assert "Choose one of the documents" in applicant.open("document", **KTP).content.decode()


def test_a_document_that_the_standard_does_not_list_has_no_page(applicant: Applicant) -> None:
    assert applicant.open("document", slot="passport").status_code == 404
    assert applicant.open("document", slot="lease").status_code == 404
    assert applicant.open("document", slot="signed_slip").status_code == 404


def test_a_step_opened_as_a_page_leads_to_the_task_list(applicant: Applicant) -> None:
    assert applicant.open("finish", **KTP)["Location"] == applicant.url("tasks")


def test_a_photo_sent_in_an_expired_session_is_asked_for_again(applicant: Applicant) -> None:
    add(applicant, documents.upload(name="satu.jpg"))
    applicant.client.logout()
    answer = applicant.send("document", {"upload": documents.upload(name="dua.jpg")}, **KTP)
    assert "login" in answer["Location"]
    applicant.client.force_login(applicant.user)
    text = applicant.open("document", **KTP).content.decode()
    assert "1 sheet so far" in text
    assert "choose it again" in text

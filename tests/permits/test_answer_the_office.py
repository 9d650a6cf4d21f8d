"""An applicant answers what the office asks: each thing on a page of its own, with what it is answered by."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import ApplicantRequest, Case
from services.casework.operations import Thing
from services.foundation import clock
from tests.factories import applications, documents
from tests.factories import casework as cases
from tests.factories.applying import Applicant

DRAWN = Thing(kind="CLEARER", key="ktp", words="Fotonya gelap.")
MEMBER = Thing(kind="CORRECTION", key="member", words="Nama lengkap, mohon.")
LETTER = Thing(kind="DOCUMENT", words="Surat RT.", reason="Jalan ditutup warga.")


@pytest.fixture
def applicant(citizen: User, intake: User, reviewer: User) -> Applicant:
    """Somebody whose file is in review, on the reviewer's desk."""
    applications.full_service()
    applying = Applicant(citizen).complete()
    applying.declare_and_send()
    casework.take_case(applying.case, actor=intake, reason_code="COUNTER", at=clock.now())
    permits.accept_application(applying.case, actor=intake, at=clock.now())
    casework.take_case(applying.case, actor=reviewer, reason_code="COUNTER", at=clock.now())
    return applying


def asked(applicant: Applicant, reviewer: User, *things: Thing) -> list[ApplicantRequest]:
    permits.ask_applicant(applicant.case, actor=reviewer, things=things, at=clock.now())
    return list(applicant.case.requests.order_by("pk"))


def case_page(case: Case) -> str:
    return reverse("casework:case", args=[case.reference])


def test_the_page_of_the_case_lists_each_thing_with_its_own_button(
    applicant: Applicant, reviewer: User
) -> None:
    rows = asked(applicant, reviewer, DRAWN, LETTER)
    page = applicant.client.get(case_page(applicant.case)).content.decode()
    for row, words in zip(rows, ("A clearer document: Identity card", "Another document"), strict=True):
        assert words in page
        assert row.words in page
        assert applicant.url("asked", number=row.pk) in page
    assert "The office asks for it because:" in page
    assert "Jalan ditutup warga." in page


def test_a_paper_is_put_together_beside_the_file_and_given(applicant: Applicant, reviewer: User) -> None:
    (row,) = asked(applicant, reviewer, DRAWN)
    slot = {"slot": row.held_slot}
    assert applicant.open("asked", number=row.pk)["Location"] == applicant.url("document", **slot)
    assert "Fotonya gelap." in applicant.open("document", **slot).content.decode()
    paper = documents.ready_document(owner=applicant.user)
    applicant.send("reuse", {"document": str(paper.pk)}, **slot)
    assert "Send this document to the office" in applicant.open("document", **slot).content.decode()
    sent = applicant.send("asked", number=row.pk)
    assert sent["Location"] == case_page(applicant.case)
    assert applicant.case.status == "IN_REVIEW"
    assert applicant.case.documents.get(slot="ktp", replaced_at=None).document_id == paper.pk
    assert applicant.open("document", **slot).status_code == 302


def test_a_paper_that_no_standard_lists_has_a_place_of_its_own(applicant: Applicant, reviewer: User) -> None:
    (row,) = asked(applicant, reviewer, LETTER)
    page = applicant.open("document", slot=row.held_slot).content.decode()
    assert "The document that the office asks for" in page
    cases.put_together(applicant.case, applicant.user, row)
    applicant.send("asked", number=row.pk)
    assert applicant.case.documents.filter(slot=row.given_slot, replaced_at=None).exists()
    page = applicant.client.get(case_page(applicant.case)).content.decode()
    assert "A further document that was asked for" in page


def test_the_form_is_shown_again_with_that_question_alone_for_each_item(
    applicant: Applicant, reviewer: User
) -> None:
    (row,) = asked(applicant, reviewer, MEMBER)
    page = applicant.open("asked", number=row.pk).content.decode()
    assert f'value="{applications.MEMBER["q-member"]}"' in page
    assert "member_nik" not in page
    assert "There is something to put right" not in page
    empty = applicant.send("asked", {"q-member": ""}, number=row.pk)
    assert empty.status_code == 200
    assert applicant.case.status == "WAITING_APPLICANT"
    applicant.send("asked", {"q-member": "Sri Rahayu Wulandari"}, number=row.pk)
    assert applicant.case.answers["member"] == ["Sri Rahayu Wulandari"]
    assert applicant.case.status == "IN_REVIEW"


def test_another_page_of_the_form_stays_closed(applicant: Applicant, reviewer: User) -> None:
    asked(applicant, reviewer, MEMBER)
    for name, more in (("questions", {"group": "event"}), ("document", {"slot": "ktp"}), ("check", {})):
        assert applicant.open(name, **more)["Location"] == case_page(applicant.case)


def test_a_time_is_chosen_or_another_one_said(applicant: Applicant, reviewer: User) -> None:
    times = tuple(clock.now() + timedelta(days=day) for day in (3, 4))
    visit: Any = Thing(kind="APPOINTMENT", words="Kami lihat.", reason="Foto tidak cukup.", times=times)
    (row,) = asked(applicant, reviewer, visit)
    page = applicant.open("asked", number=row.pk).content.decode()
    assert f"{localtime(times[1]):%H.%M}" in page or f"{localtime(times[1]):%-H:%M}" in page
    none = applicant.send("asked", {"time": "none", "answer": " "}, number=row.pk)
    assert "Say when you could come." in none.content.decode()
    applicant.send("asked", {"time": times[1].isoformat()}, number=row.pk)
    row.refresh_from_db()
    assert row.agreed_at == times[1]


def test_a_time_that_has_passed_is_not_offered_and_without_any_the_answer_is_said_in_words(
    applicant: Applicant, reviewer: User
) -> None:
    times = tuple(clock.now() + timedelta(days=day) for day in (3, 4))
    visit: Any = Thing(kind="APPOINTMENT", words="Kami lihat.", reason="Foto tidak cukup.", times=times)
    (row,) = asked(applicant, reviewer, visit)
    gone = clock.now() - timedelta(days=1)
    ApplicantRequest.objects.filter(pk=row.pk).update(times=[gone, times[1]])
    assert gone.isoformat() not in applicant.open("asked", number=row.pk).content.decode()
    late = applicant.send("asked", {"time": gone.isoformat()}, number=row.pk)
    assert "This time has passed." in late.content.decode()
    ApplicantRequest.objects.filter(pk=row.pk).update(times=[gone])
    page = applicant.open("asked", number=row.pk).content.decode()
    assert "The times that the office offered have passed." in page
    assert 'type="radio"' not in page
    applicant.send("asked", {"answer": "Kamis depan pagi."}, number=row.pk)
    row.refresh_from_db()
    assert (row.state, row.answer, row.agreed_at) == ("ANSWERED", "Kamis depan pagi.", None)


def test_an_answer_to_what_is_not_asked_any_longer_is_shown_and_not_lost(
    applicant: Applicant, reviewer: User
) -> None:
    (row,) = asked(applicant, reviewer, Thing(kind="FACT", words="Berapa tinggi?", reason="Perlu."))
    permits.withdraw_request(applicant.case, actor=reviewer, number=row.pk, at=clock.now())
    answer = applicant.send("asked", {"answer": "Tiga meter lebih."}, number=row.pk)
    assert answer.status_code == 409
    assert "Tiga meter lebih." in answer.content.decode()

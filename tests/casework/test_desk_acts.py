"""What is done with a file on the desk, and what is told when it cannot be done."""

from datetime import timedelta
from typing import Any

import pytest

from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import Desk, file
from tests.factories import casework as cases


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    """A sent application on the desk of intake."""
    sent = cases.submitted_application(citizen, at=clock.now() - timedelta(hours=3))
    return casework.take_case(sent, actor=intake, at=clock.now())


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_accepting_starts_the_clock_and_comes_back_to_my_work(desk: Desk, case: Case, intake: User) -> None:
    answer = desk.sit(intake).act(case, "accept", version=case.row_version)
    assert answer["Location"] == "/admin/"
    assert fresh(case).status == "IN_REVIEW"
    assert "was accepted as complete" in desk.read("/admin/")


def test_a_stale_tab_is_told_and_overwrites_nothing(desk: Desk, case: Case, intake: User) -> None:
    page = desk.sit(intake).act(case, "accept", version=case.row_version - 1).content.decode()
    assert "changed in the meantime" in page
    assert fresh(case).status == "SUBMITTED"


def test_a_return_needs_a_tick_and_each_tick_its_code(desk: Desk, case: Case, intake: User) -> None:
    desk.sit(intake)
    assert "Mark at least one defect" in desk.act(case, "return", step="letter").content.decode()
    ticked = {"document-ktp-tick": "on", "document-ktp-words": "Terpotong di kanan."}
    page = desk.act(case, "return", step="letter", **ticked).content.decode()
    assert "Choose what is wrong: " in page
    assert "Terpotong di kanan." in page
    assert fresh(case).status == "SUBMITTED"


def test_a_file_with_a_marked_defect_is_not_accepted_and_the_mark_is_kept(
    desk: Desk, case: Case, intake: User
) -> None:
    page = desk.sit(intake).open(case)
    assert f'form="act-return" formaction="{file(case, "act/accept/")}"' in page
    marked = {"return-document-ktp-tick": "on", "return-document-ktp-words": "Terpotong di kanan."}
    page = desk.press(case, "act/accept/", **marked, **{"accept-version": case.row_version}).content.decode()
    assert "You marked a defect." in page
    assert "Terpotong di kanan." in page
    assert fresh(case).status == "SUBMITTED"


def test_the_letter_is_shown_word_for_word_before_a_return(desk: Desk, case: Case, intake: User) -> None:
    marks = {
        "document-ktp-tick": "on",
        "document-ktp-code": "UNREADABLE",
        "document-ktp-words": "Terpotong di kanan.",
        "answer-shown_text-tick": "on",
        "answer-shown_text-code": "INCOMPLETE",
    }
    page = desk.sit(intake).act(case, "return", step="letter", **marks).content.decode()
    assert "This is what the applicant will read" in page
    for words in ("Foto tidak terbaca.", "Terpotong di kanan.", "Isian tidak lengkap."):
        assert words in page
    assert fresh(case).status == "SUBMITTED"
    back = desk.act(case, "return", step="edit", **marks).content.decode()
    assert "Terpotong di kanan." in back
    assert "checked" in back
    sent = desk.act(case, "return", step="do", **marks)
    assert sent["Location"] == "/admin/"
    assert fresh(case).status == "RETURNED"
    assert set(case.defects.values_list("target", "key", "code", "words")) == {
        ("DOCUMENT", "ktp", "UNREADABLE", "Terpotong di kanan."),
        ("ANSWER", "shown_text", "INCOMPLETE", ""),
    }


def test_the_letter_on_the_desk_is_the_one_the_applicant_gets(
    desk: Desk, case: Case, citizen: User, intake: User, deliver_outbox: Any
) -> None:
    marks = {"document-ktp-tick": "on", "document-ktp-code": "UNREADABLE", "document-ktp-words": "Terpotong."}
    page = desk.sit(intake).act(case, "return", step="letter", **marks).content.decode()
    desk.act(case, "return", step="do", **marks)
    deliver_outbox()
    notice = citizen.notices.get(notice="applications/returned")
    assert notice.page_html in page
    assert notice.title in page


def test_the_applicant_is_asked_and_the_answer_is_shown(
    desk: Desk, citizen: User, intake: User, reviewer: User
) -> None:
    case = casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())
    desk.sit(reviewer)
    page = desk.act(case, "ask", what="DOCUMENT:drawing", words=" ").content.decode()
    assert "Write a few words." in page
    desk.act(case, "ask", what="DOCUMENT:drawing", words="Mohon gambar yang berskala.")
    assert fresh(case).status == "WAITING_APPLICANT"
    assert "Mohon gambar yang berskala." in desk.open(case)
    cases.answered(fresh(case), citizen, "Sudah saya ganti.", at=clock.now())
    page = desk.open(case)
    assert "Sudah saya ganti." in page
    assert "The clock stood still once" in page


def test_a_recommendation_to_refuse_needs_its_reason(
    desk: Desk, citizen: User, intake: User, reviewer: User
) -> None:
    case = casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())
    desk.sit(reviewer)
    page = desk.act(case, "recommend", recommendation="REFUSE").content.decode()
    assert "Choose the reason of the refusal." in page
    desk.act(
        case, "recommend", recommendation="REFUSE", reason_code="FORBIDDEN_PLACE", reason="Dekat sekolah."
    )
    assert fresh(case).status == "READY_FOR_DECISION"


def test_the_one_who_decides_reads_the_recommendation_and_decides(
    desk: Desk, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = casework.take_case(
        cases.recommended_application(citizen, intake, reviewer), actor=approver, at=clock.now()
    )
    page = desk.sit(approver).open(case)
    assert "The reviewer recommends to grant" in page
    assert reviewer.person.name in page
    desk.act(case, "grant", reason="")
    assert fresh(case).status == "GRANTED"
    assert fresh(case).decided_by == approver


def test_a_refusal_shows_its_letter_with_the_article_first(
    desk: Desk, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = casework.take_case(
        cases.recommended_application(citizen, intake, reviewer), actor=approver, at=clock.now()
    )
    desk.sit(approver)
    assert "Choose the reason" in desk.act(case, "refuse", step="letter", reason_code="").content.decode()
    reasons = {"reason_code": "FORBIDDEN_PLACE", "reason": "Dekat sekolah."}
    page = desk.act(case, "refuse", step="letter", **reasons).content.decode()
    assert "Pasal 9" in page
    assert "Dekat sekolah." in page
    assert fresh(case).status == "READY_FOR_DECISION"
    desk.act(case, "refuse", step="do", **reasons)
    assert fresh(case).status == "REFUSED"


def test_taking_out_of_order_asks_why(desk: Desk, citizen: User, citizen2: User, intake: User) -> None:
    cases.submitted_application(citizen, at=clock.now() - timedelta(days=2))
    later = cases.submitted_application(citizen2)
    desk.sit(intake)
    page = desk.press(later, "take/").content.decode()
    assert "Others wait before this one." in page
    assert "Others wait longer. Why this one first?" in page
    desk.press(later, "take/", **{"take-reason_code": "COUNTER"})
    assert fresh(later).assignee == intake
    assert fresh(later).overtook == 1


def test_a_case_is_laid_back_and_keeps_its_place(desk: Desk, case: Case, intake: User) -> None:
    desk.sit(intake).press(case, "release/")
    assert fresh(case).assignee is None
    assert fresh(case).place_at == case.place_at


def test_a_note_names_its_reader_and_reaches_only_the_office(
    desk: Desk, case: Case, intake: User, reviewer: User
) -> None:
    desk.sit(intake)
    assert "Keep for the office" in desk.open(case)
    assert "Write a few words." in desk.press(case, "notes/", **{"note-words": ""}).content.decode()
    desk.press(case, "notes/", **{"note-words": "Pemohon menelepon."})
    page = desk.sit(reviewer).open(case)
    assert "Pemohon menelepon." in page
    assert intake.person.name in page


def test_the_nik_is_masked_and_showing_it_goes_on_record(
    desk: Desk, case: Case, citizen: User, intake: User
) -> None:
    accounts.keep_nik(citizen.person, "3578015502900000", actor=actors.acting(citizen), at=clock.now())
    page = desk.sit(intake).open(case)
    assert "3578015502900000" not in page
    shown = desk.press(case, "nik/").content.decode()
    assert "3578015502900000" in shown
    revealed = [
        event.details
        for event in audit.events_of(Subject("person", str(citizen.person.id)))
        if event.action == "accounts.nik.revealed"
    ]
    assert revealed == [{"purpose": case.reference}]


def test_an_action_that_is_not_open_is_told(desk: Desk, case: Case, intake: User) -> None:
    desk.sit(intake)
    for name in ("grant", "withdraw", "nonsense"):
        page = desk.client.post(file(case, f"act/{name}/"), follow=True).content.decode()
        assert "This cannot be done with the case now." in page
    assert fresh(case).status == "SUBMITTED"


def test_an_address_of_an_action_opened_by_hand_leads_to_the_file(
    desk: Desk, case: Case, intake: User
) -> None:
    desk.sit(intake)
    for place in ("act/accept/", "take/", "release/", "notes/", "late-defects/", "nik/"):
        answer = desk.client.get(file(case, place))
        assert answer.status_code == 302, place
        assert answer["Location"] == file(case)


def test_the_officer_who_has_the_file_notes_that_the_nik_was_compared(
    desk: Desk, case: Case, citizen: User, intake: User, supervisor: User
) -> None:
    accounts.keep_nik(citizen.person, "3578015502900000", actor=actors.acting(citizen), at=clock.now())
    desk.sit(supervisor).press(case, "nik/verified/")
    assert "Nobody has compared it with the identity card yet" in desk.open(case)
    desk.sit(intake)
    assert "I compared the NIK with the identity card" in desk.open(case)
    desk.press(case, "nik/verified/")
    assert "an officer has compared it with the identity card" in desk.open(case)

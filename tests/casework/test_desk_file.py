"""One file on the desk: what it shows, what can be done with it, and what is told when something is wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import Desk, file
from tests.factories import casework as cases


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    """A sent application on the desk of intake."""
    sent = cases.submitted_application(citizen, at=clock.now() - timedelta(hours=3))
    return casework.take_case(sent, actor=intake, at=clock.now())


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def openings(case: Case) -> list[tuple[str, str, str]]:
    return [
        (step.hat, step.agency, step.details["what"])
        for step in queries.timeline(case)
        if step.action == "casework.file.opened"
    ]


def test_a_file_shows_answers_beside_pictures_and_originals_only_as_downloads(
    desk: Desk, case: Case, intake: User
) -> None:
    page = desk.sit(intake).open(case)
    assert "Warung Bu Sri" in page
    assert "Identity card, page 1" in page
    assert "Original, 1 page" in page
    assert "<iframe" not in page
    assert "<object" not in page
    assert "<embed" not in page


def test_every_opening_goes_on_record_before_anything_is_shown(
    desk: Desk, case: Case, intake: User, supervisor: User
) -> None:
    desk.sit(intake).open(case)
    desk.sit(supervisor).open(case)
    assert openings(case) == [("INTAKE", "dpmptsp", "case"), ("SUPERVISOR", "dpmptsp", "case")]


def test_looking_at_a_document_and_taking_its_original_go_on_record(
    desk: Desk, case: Case, intake: User
) -> None:
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    desk.sit(intake)
    assert "Page 1" in desk.read(file(case, f"documents/{document}/"))
    original = desk.client.get(file(case, f"documents/{document}/original/"))
    assert original["Content-Disposition"].startswith("attachment")
    original.getvalue()
    assert openings(case) == [("INTAKE", "dpmptsp", "ktp")] * 2


def test_a_picture_is_shown_only_with_the_pass_of_a_recorded_opening(
    desk: Desk, case: Case, intake: User, supervisor: User
) -> None:
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    address = file(case, f"documents/{document}/pages/1/")
    page = desk.sit(intake).open(case)
    assert desk.client.get(address).status_code == 404
    with_pass = page.split(f'src="{address}')[1].split('"')[0]
    picture = desk.client.get(address + with_pass)
    assert picture["Content-Type"] == "image/jpeg"
    picture.getvalue()
    desk.sit(supervisor)
    assert desk.client.get(address + with_pass).status_code == 404


def test_only_the_allowed_actions_are_offered(
    desk: Desk, case: Case, citizen2: User, intake: User, reviewer: User, approver: User
) -> None:
    page = desk.sit(intake).open(case)
    assert "Accept as complete" in page
    assert "Return with all defects" in page
    assert 'id="act-recommend"' not in page
    assert 'id="act-grant"' not in page
    reviewed = casework.take_case(
        cases.accepted_application(citizen2, intake), actor=reviewer, at=clock.now()
    )
    page = desk.sit(reviewer).open(reviewed)
    assert 'id="act-ask"' in page
    assert 'id="act-recommend"' in page
    assert 'id="act-accept"' not in page


def test_whoever_does_not_hold_the_file_is_told_to_take_it_first(
    desk: Desk, citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen)
    page = desk.sit(intake).open(case)
    assert "Take this case" in page
    assert "Take the case first" in page
    assert 'id="act-' not in page


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
    assert "Choose what is wrong." in page
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
    notice = citizen.notices.get(notice="permits/returned")
    assert notice.page_html in page
    assert notice.title in page


def test_a_later_return_offers_only_what_changed_until_a_supervisor_allows_more(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    case = cases.mended_application(citizen, intake)
    casework.take_case(case, actor=intake, at=clock.now())
    page = desk.sit(intake).open(case)
    assert "Sending 2: what the applicant changed" in page
    assert 'name="return-document-drawing-tick"' in page
    assert 'name="return-document-ktp-tick"' not in page
    desk.sit(supervisor)
    assert "Allow one more return" in desk.open(case)
    assert "Write a few words." in desk.press(case, "late-defects/", **{"late-reason": ""}).content.decode()
    desk.press(case, "late-defects/", **{"late-reason": "KTP ternyata terpotong"})
    assert 'name="return-document-ktp-tick"' in desk.sit(intake).open(case)


def test_earlier_defects_stand_where_they_belong(desk: Desk, citizen: User, intake: User) -> None:
    case = cases.mended_application(citizen, intake)
    page = desk.sit(intake).open(case)
    assert "Return 1:" in page
    assert "Unreadable" in page
    assert intake.person.name in page
    assert "sent again" in page


def test_the_applicant_is_asked_and_the_answer_is_shown(
    desk: Desk, citizen: User, intake: User, reviewer: User
) -> None:
    case = casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())
    desk.sit(reviewer)
    page = desk.act(case, "ask", kind="FACT", words=" ").content.decode()
    assert "Write a few words." in page
    desk.act(case, "ask", kind="DOCUMENT", key="drawing", words="Mohon gambar yang berskala.")
    assert fresh(case).status == "WAITING_APPLICANT"
    assert "Mohon gambar yang berskala." in desk.open(case)
    permits.answer_request(fresh(case), actor=citizen, answer="Sudah saya ganti.", at=clock.now())
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
    assert "Write a note that only the office reads" in desk.open(case)
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


def test_a_file_asks_fifteen_queries_at_most(
    desk: Desk,
    citizen: User,
    intake: User,
    reviewer: User,
    government: Government,
    django_assert_max_num_queries: Any,
) -> None:
    mended = cases.mended_application(citizen, intake)
    casework.add_office_note(mended, actor=intake, words="Lengkap.", at=clock.now())
    casework.take_case(mended, actor=intake, at=clock.now())
    accepted = permits.accept_application(mended, actor=intake, at=clock.now() + timedelta(hours=3))
    taken = casework.take_case(accepted, actor=reviewer, at=clock.now())
    asked = permits.ask_applicant(
        taken, actor=reviewer, kind="FACT", words="Berapa?", at=clock.now() + timedelta(hours=4)
    )
    case = permits.answer_request(asked, actor=citizen, answer="Tiga.", at=clock.now() + timedelta(hours=5))
    desk.sit(reviewer).open(case)
    with django_assert_max_num_queries(15):
        desk.client.get(file(case))


@pytest.fixture
def government(db: None) -> Government:
    return Government.objects.create(code="kota", name={"id": "Kota"}, short_name={"id": "Kota"})

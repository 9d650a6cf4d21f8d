"""The citizen's pages of a case, as a browser without JavaScript asks for them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.documents import operations as documents
from services.documents import queries as papers
from services.foundation import clock
from tests.factories import casework as cases


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def address(case: Case, rest: str = "") -> str:
    return f"/cases/{case.reference}/{rest}"


def test_somebody_without_a_case_is_told_what_to_do(page_of: Callable[..., str], stranger: User) -> None:
    page = page_of(stranger, "/cases/")
    assert "You have no case yet" in page
    assert 'href="/account/claim/"' in page


def test_my_cases_show_drafts_first_with_the_way_on(page_of: Callable[..., str], citizen: User) -> None:
    sent = cases.submitted_application(citizen)
    draft = cases.filled_application(citizen)
    page = page_of(citizen, "/cases/")
    assert page.index("Not sent yet") < page.index(sent.reference)
    assert draft.reference in page
    assert "Go on" in page


def test_a_sent_case_says_where_it_is_what_is_next_and_by_when(
    page_of: Callable[..., str], citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    page = page_of(citizen, address(case))
    assert "Intake officer, " in page
    assert "checks whether your file is complete" in page
    assert "At the latest" in page
    assert "It starts when your file is complete" in page


def test_both_clocks_run_once_the_file_is_complete(
    page_of: Callable[..., str], citizen: User, intake: User
) -> None:
    case = cases.accepted_application(citizen, intake)
    page = page_of(citizen, address(case))
    assert "Since you sent it" in page
    assert "Just started" in page


def test_a_day_of_the_office_is_counted_once_it_has_passed(
    page_of: Callable[..., str], citizen: User, intake: User
) -> None:
    case = cases.accepted_application(citizen, intake, at=clock.now() - timedelta(days=21))
    assert "where 5 working days were promised" in page_of(citizen, address(case))


def test_what_waits_for_the_reader_stands_above_what_the_office_has(
    page_of: Callable[..., str], citizen: User, intake: User
) -> None:
    returned = cases.returned_application(citizen, intake)
    sent = cases.submitted_application(citizen)
    page = page_of(citizen, "/cases/")
    assert page.count(f"{returned.reference}</span>") == 1
    assert page.index("Waiting for you") < page.index(returned.reference) < page.index(sent.reference)


def test_a_returned_case_lists_every_defect_and_the_button(
    page_of: Callable[..., str], citizen: User, intake: User
) -> None:
    case = cases.returned_application(citizen, intake)
    page = page_of(citizen, address(case))
    assert "2 things to mend" in page
    assert "The picture is unreadable." in page
    assert "Tulis teks lengkapnya." in page
    assert "Mend and send again" in page


def test_no_officer_is_named_before_the_decision(
    page_of: Callable[..., str], citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=approver, at=clock.now())
    page = page_of(citizen, address(case))
    for officer in (intake, reviewer, approver):
        assert officer.person.name not in page
    assert "Reviewer" in page


def test_the_signatory_is_named_with_the_decision_and_nobody_else(
    page_of: Callable[..., str], citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    page = page_of(citizen, address(case))
    assert approver.person.name in page
    assert reviewer.person.name not in page
    assert "being made and sealed" in page
    assert page.index("Your certificate") < page.index("The decision") < page.index("Where it is")


def test_a_refusal_says_why_by_which_article_and_what_can_be_done(
    page_of: Callable[..., str], citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=approver, at=clock.now())
    permits.refuse_application(
        case, actor=approver, reason_code="FORBIDDEN_PLACE", reason="Dekat sekolah.", at=clock.now()
    )
    page = page_of(citizen, address(case))
    assert "The place is forbidden." in page
    assert "Pasal 9" in page
    assert "Dekat sekolah." in page
    assert "you may object in writing" in page
    assert "UU 30/2014" in page


def test_every_opening_of_the_file_is_shown_as_office_role_and_time(
    page_of: Callable[..., str], citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen)
    assert "Nobody at the office has opened it yet" in page_of(citizen, address(case))
    casework.record_opening(case, viewer=intake, hat="INTAKE", at=clock.now())
    casework.record_opening(case, viewer=intake, hat="INTAKE", at=clock.now(), what="ktp")
    page = page_of(citizen, address(case))
    assert "The file was opened." in page
    assert "A document of the file was opened." in page
    assert intake.person.name not in page


def test_notes_and_marks_of_the_office_are_never_shown(
    page_of: Callable[..., str], citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen)
    casework.take_case(case, actor=intake, at=clock.now())
    casework.add_office_note(case, actor=intake, words="Hati-hati dengan pemohon ini", at=clock.now())
    page = page_of(citizen, address(case))
    assert "Hati-hati" not in page
    assert "A note for the office" not in page


def test_the_office_is_answered_and_its_clock_goes_on(
    page_of: Callable[..., str], client: Client, citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake)
    casework.take_case(case, actor=reviewer, at=clock.now())
    permits.ask_applicant(
        case, actor=reviewer, things=cases.a_fact("Berapa tinggi tiangnya?"), at=clock.now()
    )
    assert "Berapa tinggi tiangnya?" in page_of(citizen, address(case))
    step = client.get(address(case, "answer/"))["Location"]
    assert "Berapa tinggi tiangnya?" in page_of(citizen, step)
    empty = client.post(step, {"answer": ""})
    assert "Write your answer" in empty.content.decode()
    sent = client.post(step, {"answer": "Tiga meter"})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert case.status == "IN_REVIEW"


def test_a_double_click_on_the_answer_comes_back_to_the_case(
    page_of: Callable[..., str], client: Client, citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake)
    casework.take_case(case, actor=reviewer, at=clock.now())
    permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa?"), at=clock.now())
    page_of(citizen, address(case))
    step = client.get(address(case, "answer/"))["Location"]
    for _click in range(2):
        answer = client.post(step, {"answer": "Tiga meter"})
        assert answer.status_code == 302
        assert answer["Location"] == address(case)


def test_an_application_is_withdrawn_after_saying_what_that_means(
    page_of: Callable[..., str], client: Client, citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    assert "Withdraw this application" in page_of(citizen, address(case))
    assert "This cannot be undone" in page_of(citizen, address(case, "withdraw/"))
    client.post(address(case, "withdraw/"), {"reason": ""})
    case.refresh_from_db()
    assert case.status == "WITHDRAWN"
    assert "Withdraw this application" not in page_of(citizen, address(case))


def test_documents_are_shown_as_pictures_and_downloaded_as_attachments(
    page_of: Callable[..., str], client: Client, citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    page = page_of(citizen, address(case))
    attached = case.documents.get(slot="ktp", replaced_at=None)
    here = address(case, f"documents/{attached.document_id}/")
    assert f"{here}pages/1/" in page
    picture = client.get(f"{here}pages/1/")
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.getvalue()
    download = client.get(here)
    assert download["Content-Disposition"].startswith("attachment")
    assert download.getvalue().startswith(b"%PDF")
    assert client.get(f"{here}pages/99/").status_code == 404


def test_the_certificate_is_offered_once_it_is_signed(
    page_of: Callable[..., str], client: Client, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    assert client.get(address(case, "certificate/")).status_code in {302, 404}
    page_of(citizen, address(case, "now/"))
    assert client.get(address(case, "certificate/")).status_code == 404


def test_the_page_of_a_case_asks_a_bounded_number_of_queries(
    page_of: Callable[..., str],
    client: Client,
    citizen: User,
    intake: User,
    django_assert_max_num_queries: Any,
) -> None:
    case = cases.returned_application(citizen, intake, at=clock.now() - timedelta(days=3))
    page_of(citizen, address(case))
    with django_assert_max_num_queries(12):
        client.get(address(case))


def test_a_reference_is_read_as_people_type_it(page_of: Callable[..., str], citizen: User) -> None:
    case = cases.submitted_application(citizen)
    assert case.reference in page_of(citizen, f"/cases/{case.reference.lower()}/")


def test_words_of_a_person_are_escaped(page_of: Callable[..., str], citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    casework.take_case(case, actor=intake, at=clock.now())
    nasty = "<script>alert(1)</script>"
    defect = casework.FoundDefect(target="DOCUMENT", key="ktp", code="UNREADABLE", words=nasty)
    permits.return_application(case, actor=intake, defects=[defect], at=clock.now())
    page = page_of(citizen, address(case))
    assert nasty not in page
    assert escape(nasty) in page


def test_the_certificate_can_be_read_as_a_page(
    page_of: Callable[..., str], citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.issued_application(citizen, intake, reviewer, approver)
    assert address(case, "certificate/letter/") in page_of(citizen, address(case))
    page = page_of(citizen, address(case, "certificate/letter/"))
    certificate = papers.certificate_of(case.reference)
    assert certificate
    for words in (certificate.number, certificate.code, citizen.person.name, approver.person.name):
        assert escape(words) in page
    assert escape(certificate.content["body"]["en"]) in page
    assert "Legal basis" in page


def test_a_certificate_that_is_not_sealed_has_no_page(
    client: Client, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    client.force_login(citizen)
    assert client.get(address(case, "certificate/letter/")).status_code == 404
    permits.order_certificate(case, at=clock.now())
    assert client.get(address(case, "certificate/letter/")).status_code == 404


def test_the_page_of_an_expired_certificate_says_until_when_it_was_valid(
    page_of: Callable[..., str], citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.issued_application(citizen, intake, reviewer, approver)
    documents.expire_certificates(at=clock.now() + timedelta(days=800))
    page = page_of(citizen, address(case))
    assert "Your certificate was valid until" in page
    assert "Your certificate is ready" not in page

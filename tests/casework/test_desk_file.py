"""One file on the desk: what it shows, and that every look at it goes on record."""

from datetime import timedelta
from typing import Any

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import Desk, file
from tests.factories import casework as cases
from tests.factories import reviews


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    """A sent application on the desk of intake."""
    sent = cases.submitted_application(citizen, at=clock.now() - timedelta(hours=3))
    return casework.take_case(sent, actor=intake, at=clock.now())


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
        taken, actor=reviewer, things=cases.a_fact("Berapa?"), at=clock.now() + timedelta(hours=4)
    )
    case = cases.answered(asked, citizen, "Tiga.", at=clock.now() + timedelta(hours=5))
    desk.sit(reviewer).open(case)
    with django_assert_max_num_queries(15):
        desk.client.get(file(case))


def test_whoever_decides_has_the_recommendation_and_every_review_beside_the_buttons(
    desk: Desk,
    citizen: User,
    intake: User,
    reviewer: User,
    reviewer2: User,
    foreign_reviewer: User,
    approver: User,
) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    reviews.finished(reviewer, reviews.of(case, "content"))
    traffic, found = reviews.of(case, "traffic"), "Hanya setelah pukul 22."
    reviews.finished(foreign_reviewer, traffic, outcome="CONDITIONAL", findings=found)
    casework.take_case(case, actor=reviewer2, at=clock.now())
    case.refresh_from_db()
    permits.recommend_application(case, actor=reviewer2, recommendation="GRANT", at=clock.now())
    casework.take_case(case, actor=approver, at=clock.now())
    weighed = desk.sit(approver).open(case).split("Before you decide", 1)[1].split("</section>", 1)[0]
    assert "The reviewer recommends to grant" in weighed
    assert "In favour, under conditions" in weighed
    assert "Hanya setelah pukul 22." in weighed

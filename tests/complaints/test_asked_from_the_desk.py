"""“I was asked to…”: from the page of a case to its receiver alone, and back without a passphrase."""

from datetime import timedelta

import pytest
from django.test import Client

from complaints.integrity import passes, queries
from complaints.models import IntegrityReport
from services.accounts.models import Hat, User
from services.audit.models import Event
from services.casework.models import Case
from services.foundation import clock
from services.integrity.models import Exclusion
from tests.complaints.asked import ASKED, DIALOGUE, FOLLOW, SAID, SENT, pass_on, tell, told_by
from tests.complaints.confidential import page
from tests.factories import accounts, complaints
from tests.factories import casework as cases
from tests.factories import integrity as reports


@pytest.fixture(autouse=True)
def _ready() -> None:
    reports.ready()
    accounts.agency("walikota", is_root=True)


@pytest.fixture
def file(citizen: User, intake: User) -> Case:
    """A permit that waits for a reviewer."""
    return cases.accepted_application(citizen, intake)


@pytest.fixture
def report(client: Client, file: Case, reviewer: User) -> Case:
    """Sent by a reviewer, to the inspectorate."""
    return told_by(client, reviewer, file)


@pytest.mark.parametrize("who", ["intake", "reviewer", "approver", "supervisor", "executive", "auditor"])
def test_the_button_stands_on_every_case_page_for_whoever_reads_it(
    client: Client, file: Case, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert pass_on(client, file)


def test_it_stands_on_the_page_of_a_report_and_of_an_ended_case_too(
    client: Client, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    client.force_login(intake)
    assert pass_on(client, complaints.received_report())
    assert pass_on(client, cases.granted_application(citizen, intake, reviewer, approver))


def test_its_page_asks_and_keeps_what_was_typed_when_something_is_missing(
    client: Client, file: Case, reviewer: User
) -> None:
    client.force_login(reviewer)
    token = pass_on(client, file)
    assert page(client.post(ASKED, {"pass": token})).count('name="asked"') == 6
    again = tell(client, token, asked="", receiver="")
    assert again.status_code == 200
    assert SAID in page(again)
    assert token in page(again)
    assert {"asked", "receiver"} == set(again.context["form"].errors)
    assert not IntegrityReport.objects.exists()


def test_an_unknown_office_request_or_receiver_is_refused(client: Client, file: Case, reviewer: User) -> None:
    client.force_login(reviewer)
    answer = tell(client, pass_on(client, file), asked="GIVE", office="nowhere", receiver="OFFICE")
    assert {"asked", "office", "receiver"} == set(answer.context["form"].errors)


@pytest.mark.parametrize("token", ["", "00", "zz", "00" * 80])
def test_without_a_pass_there_is_the_way_of_everybody(client: Client, token: str) -> None:
    assert tell(client, token)["Location"] == "/complaints/integrity/new/"
    assert client.post(FOLLOW, {"pass": token})["Location"] == "/complaints/integrity/open/"
    assert client.get(SENT)["Location"] == "/complaints/integrity/open/"


def test_a_pass_ends_after_some_hours(client: Client, file: Case, reviewer: User) -> None:
    token = passes.issue(reviewer, file)
    clock.move(timedelta(hours=9))
    assert tell(client, token)["Location"] == "/complaints/integrity/new/"


def test_its_receiver_reads_what_was_asked_and_about_which_case(
    client: Client, report: Case, file: Case
) -> None:
    client.force_login(reports.examiner("Tulus Pemeriksa"))
    shown = page(client.get(f"/admin/casework/case/{report.reference}/"))
    for told in (SAID, file.reference, "dishub"):
        assert told in shown
    assert "Agus" not in shown


def test_who_sent_it_stands_nowhere(report: Case, reviewer: User) -> None:
    assert report.is_confidential
    assert (report.applicant, report.helper) == (None, None)
    assert not Event.objects.filter(subject_key=report.reference, actor=reviewer.pseudonym).exists()
    ordinary = reports.received()
    marks = {bytes(row.reporter_mark) for row in IntegrityReport.objects.all()}
    assert len(marks) == 2
    assert {len(mark) for mark in marks} == {32}
    assert queries.mark_of(str(reviewer.pseudonym), ordinary.reference) not in marks


@pytest.mark.parametrize("office", ["walikota", "-head", reports.INSPECTORATE])
def test_against_the_head_or_the_inspectorate_the_commission_alone_gets_it(
    client: Client, file: Case, reviewer: User, office: str
) -> None:
    told = told_by(client, reviewer, file, office=office, may_be_handed_over="on")
    assert told.agency.code == reports.COMMISSION
    assert told.integrity_report.commission_alone
    assert not told.integrity_report.may_be_handed_over


def test_the_officer_chooses_the_commission(client: Client, file: Case, reviewer: User) -> None:
    assert told_by(client, reviewer, file, receiver="COMMISSION").agency.code == reports.COMMISSION


def test_pressed_twice_it_is_sent_once(client: Client, file: Case, reviewer: User) -> None:
    client.force_login(reviewer)
    token = pass_on(client, file)
    for _time in range(2):
        tell(client, token, key="the same")
    tell(client, token, key="another")
    assert IntegrityReport.objects.count() == 2


def test_the_key_of_somebody_else_opens_nothing(client: Client, file: Case, reviewer: User) -> None:
    tell(client, passes.issue(reviewer, file), key="the same")
    other = accounts.officer("Rina Penelaah", Hat.REVIEWER)
    tell(client, passes.issue(other, file), key="the same")
    assert IntegrityReport.objects.count() == 2


def test_the_reporter_comes_back_without_a_passphrase_and_answers(
    client: Client, report: Case, file: Case, reviewer: User
) -> None:
    client.force_login(reviewer)
    assert report.reference in page(client.get(SENT))
    client.post("/complaints/integrity/leave/")
    token = pass_on(client, file)
    assert 'name="reference"' in page(client.post(FOLLOW, {"pass": token}))
    answer = client.post(FOLLOW, {"pass": token, "open": "1", "reference": report.reference.lower()})
    assert answer["Location"] == DIALOGUE
    assert client.post(DIALOGUE, {"words": "Ia menelepon lagi."}).status_code == 302
    assert "Ia menelepon lagi." in page(client.get(DIALOGUE))


def test_a_question_of_the_receiver_can_be_answered(client: Client, report: Case) -> None:
    client.force_login(reports.examiner("Tulus Pemeriksa"))
    shown = page(client.get(f"/admin/casework/case/{report.reference}/"))
    assert "sandi" not in shown.partition('id="dialogue"')[2].partition("</section>")[0]


def test_somebody_of_the_inspectorate_reports_to_the_commission_and_reads_none_of_their_own(
    client: Client, citizen: User, intake: User
) -> None:
    examiner = reports.examiner("Tulus Pemeriksa")
    examined = reports.received()
    told = told_by(client, examiner, examined)
    assert told.agency.code == reports.COMMISSION
    assert Exclusion.objects.filter(reference=told.reference, user=examiner).exists()


def test_somebody_of_the_commission_does_not_read_their_own(client: Client) -> None:
    member = reports.examiner("Kirana Komisi", reports.COMMISSION)
    told = told_by(client, member, reports.received(receiver="COMMISSION"), receiver="COMMISSION")
    assert client.get(f"/admin/casework/case/{told.reference}/").status_code == 404

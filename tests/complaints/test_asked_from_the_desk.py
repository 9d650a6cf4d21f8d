"""“I was asked to…”: from the page of a case to its receiver alone, and back without a passphrase. One test a surface."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from prometheus_client import REGISTRY

from complaints.integrity import passes, queries
from complaints.models import IntegrityReport
from services.accounts.models import Hat, User
from services.audit.models import Event
from services.casework import workload
from services.casework.models import Case
from services.foundation import clock
from services.integrity.models import Exclusion
from services.notifications.models import Delivery, Notice
from services.outbox.models import Message
from tests.complaints.confidential import page
from tests.complaints.test_integrity_leaves_no_trace import ADDRESS, BROWSER, deliver, log, tables, visitor
from tests.factories import accounts, complaints
from tests.factories import casework as cases
from tests.factories import integrity as reports

__all__ = ["log"]
ASKED, FOLLOW = "/complaints/integrity/asked/", "/complaints/integrity/asked/follow/"
SENT, DIALOGUE = "/complaints/integrity/asked/sent/", "/complaints/integrity/dialogue/"
SAID = "Pak Darmo bilang berkas ini harus selesai sebelum Jumat."
OTHERS = ("supervisor", "executive", "auditor", "administrator", "reviewer2", "intake", "approver", "citizen")


@pytest.fixture(autouse=True)
def _ready() -> None:
    reports.ready()
    accounts.agency("walikota", is_root=True)


@pytest.fixture
def file(citizen: User, intake: User) -> Case:
    """A permit that waits for a reviewer."""
    return cases.accepted_application(citizen, intake)


def pass_on(client: Client, case: Case) -> str:
    """The pass that stands behind the button on the page of a case."""
    shown = page(client.get(f"/admin/casework/case/{case.reference}/"))
    found = re.search(r'name="pass" value="([0-9a-f]+)"', shown)
    assert found
    return found[1]


def fields(**changes: Any) -> dict[str, Any]:
    typed = {"asked": "HURRY", "office": "dishub", "who": "", "what": SAID, "receiver": "INSPECTORATE"}
    return typed | changes


def tell(client: Client, token: str, **changes: Any) -> Any:
    return client.post(ASKED, {"pass": token, "send": "1", **fields(**changes)})


def told_by(client: Client, officer: User, case: Case, **changes: Any) -> Case:
    """What this officer reported from the page of this case."""
    client.force_login(officer)
    answer = tell(client, pass_on(client, case), **changes)
    assert answer["Location"] == SENT, page(answer)
    return Case.objects.filter(kind="INTEGRITY").latest("pk")


def traces(report: Case) -> Iterator[str]:
    yield report.reference
    yield "Darmo"


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


@pytest.mark.parametrize("who", [*OTHERS, "foreign_reviewer"])
def test_nobody_else_opens_it_by_its_reference(
    client: Client, report: Case, file: Case, who: str, request: pytest.FixtureRequest
) -> None:
    client.post("/complaints/integrity/leave/")
    token = passes.issue(request.getfixturevalue(who), file)
    answers = [
        client.post(FOLLOW, {"pass": token, "open": "1", "reference": reference})
        for reference in (report.reference, "C-00000-00000")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    errors = [str(answer.context["form"].errors["reference"]) for answer in answers]
    assert errors[0] == errors[1]
    assert client.get(DIALOGUE)["Location"] == "/complaints/integrity/open/"


def test_attempts_to_come_back_are_counted(client: Client, report: Case, file: Case, intake: User) -> None:
    token = passes.issue(intake, file)
    tried = {"pass": token, "open": "1", "reference": report.reference}
    assert [client.post(FOLLOW, tried).status_code for _try in range(21)][-1] == 429


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_lists_finds_counts_or_opens_it(
    client: Client, report: Case, who: str, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    client.force_login(other)
    now = clock.now()
    assert not workload.readable(workload.office_of(other, at=now)).filter(pk=report.pk).exists()
    for address in (
        "/admin/",
        "/admin/casework/case/?show=open",
        f"/admin/casework/case/?q={report.reference}",
        "/dashboard/",
        "/oversight/register/",
        "/transparency/",
        "/complaints/",
        f"/track/{report.reference}/",
    ):
        shown = page(client.get(address)).replace(f'value="{report.reference}"', "")
        assert "Darmo" not in shown
        assert f"/case/{report.reference}" not in shown
    assert client.get(f"/admin/casework/case/{report.reference}/").status_code in {302, 404}


@pytest.mark.parametrize("who", ["reviewer", *OTHERS])
def test_the_page_of_the_case_is_the_same_before_and_after(
    client: Client, file: Case, reviewer: User, who: str, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    client.force_login(reader)
    address = f"/cases/{file.reference}/" if who == "citizen" else f"/admin/casework/case/{file.reference}/"

    def read() -> str:
        client.get(address)
        text = page(client.get(address))
        main = text[text.index("<main") : text.index("</main>")]
        main = re.sub(r"<li>(?:(?!</li>).)*?</li>", "", main, flags=re.DOTALL)
        return " ".join(re.sub(r'value="[^"]*"|pass=[^"]*|nonce="[^"]*"', "", main).split())

    before = read()
    version = Case.objects.get(pk=file.pk).row_version
    tell(Client(), passes.issue(reviewer, file))
    assert IntegrityReport.objects.exists()
    assert read() == before
    assert Case.objects.get(pk=file.pk).row_version == version


def test_the_record_of_the_case_has_no_step_more(client: Client, file: Case, reviewer: User) -> None:
    client.force_login(reviewer)
    token = pass_on(client, file)
    before = list(Event.objects.filter(subject_key=file.reference).values_list("action", flat=True))
    tell(client, token)
    assert list(Event.objects.filter(subject_key=file.reference).values_list("action", flat=True)) == before


@pytest.mark.django_db(transaction=True)
def test_no_log_session_or_table_keeps_the_visit_or_the_words(log: Any, citizen: User, intake: User) -> None:
    case = cases.accepted_application(citizen, intake)
    client = visitor()
    client.force_login(intake)
    token = passes.issue(intake, case)
    client.post(ASKED, {"pass": token})
    tell(client, token)
    client.get(SENT)
    report = Case.objects.get(kind="INTEGRITY")
    client.post(FOLLOW, {"pass": token, "open": "1", "reference": report.reference})
    client.get(DIALOGUE)
    deliver()
    for told in (ADDRESS, BROWSER, "Redmi", "Darmo", token, "PRESSED", "HURRY"):
        assert told not in log.getvalue()
        assert told not in tables()
    assert "integrity" not in log.getvalue()
    assert not UserSession.objects.filter(ip=ADDRESS).exists()
    assert not Event.objects.filter(subject_key=report.reference).exclude(request_id="").exists()
    assert not Notice.objects.filter(reference=report.reference).exists()
    assert not Delivery.objects.filter(purpose__contains="integr").exists()
    for message in Message.objects.all():
        assert report.reference not in f"{message.payload} {message.dedupe_key} {message.topic}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM complaints_integrityreport")
        row = repr([bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()])
    for secret in (case.reference, "Darmo", str(intake.pseudonym)):
        assert secret not in row


def test_no_figure_counts_it(client: Client, report: Case) -> None:
    views = {
        sample.labels["view"]
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if "view" in sample.labels
    }
    assert not [view for view in views if "integrity" in view]


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

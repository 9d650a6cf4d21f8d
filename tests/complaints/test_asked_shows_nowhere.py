"""“I was asked to…” shows nowhere but to its receiver: not in a list, a page, a log, a table or a figure. One test a surface."""

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from prometheus_client import REGISTRY

from complaints.integrity import passes
from complaints.models import IntegrityReport
from services.accounts.models import User
from services.audit.models import Event
from services.casework import workload
from services.casework.models import Case
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from services.outbox.models import Message
from tests.casework.desk import REASON
from tests.complaints.asked import ASKED, DIALOGUE, FOLLOW, SENT, pass_on, tell, told_by
from tests.complaints.confidential import page
from tests.complaints.test_integrity_leaves_no_trace import ADDRESS, BROWSER, deliver, log, tables, visitor
from tests.factories import accounts
from tests.factories import casework as cases
from tests.factories import integrity as reports

__all__ = ["log"]
OTHERS = ("supervisor", "executive", "auditor", "administrator", "reviewer2", "intake", "approver", "citizen")


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
    if who != "citizen":
        client.post(f"{address}opening/", REASON)

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
    assert not [view for view in views if view.startswith("complaints:integrity")]

"""Whoever has no task in a case says why before its file opens, and the record says it with every page of the file."""

from datetime import timedelta
from typing import Any

import pytest

from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, timeline
from services.casework.models import Case
from services.casework.openings import Why
from services.foundation import clock
from tests.casework.desk import Desk, explain, file
from tests.factories import casework as cases


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    """A sent application on the desk of intake."""
    sent = cases.submitted_application(citizen, at=clock.now() - timedelta(hours=3))
    return casework.take_case(sent, actor=intake, at=clock.now())


def told(case: Case) -> list[dict[str, Any]]:
    steps = queries.timeline(case)
    return [step.details for step in steps if step.action == "casework.file.opened"]


def test_the_page_that_asks_names_the_case_and_nobody(desk: Desk, case: Case, supervisor: User) -> None:
    answer = desk.sit(supervisor).client.get(file(case))
    page = desk.client.get(answer["Location"]).content.decode()
    assert case.reference in page
    assert "Why do you open this file?" in page
    assert "Budi" not in page
    assert "Warung Bu Sri" not in page
    assert told(case) == []


def test_the_reason_leads_on_to_the_page_that_was_wanted_and_goes_on_record(
    desk: Desk, case: Case, supervisor: User
) -> None:
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    wanted = file(case, f"documents/{document}/")
    asked = desk.sit(supervisor).client.get(wanted)["Location"]
    said = {"reason_code": "OTHER", "words": "Latihan petugas baru", "next": wanted}
    assert desk.client.post(asked, said)["Location"] == wanted
    assert "Page 1" in desk.client.get(wanted).content.decode()
    assert told(case) == [{"what": "ktp", "reason_code": "OTHER", "words": "Latihan petugas baru"}]


@pytest.mark.parametrize("place", ["documents/{}/", "documents/{}/original/", ""])
def test_every_page_of_the_file_lies_behind_the_same_door(
    desk: Desk, case: Case, supervisor: User, place: str
) -> None:
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    answer = desk.sit(supervisor).client.get(file(case, place.format(document)))
    assert answer["Location"].startswith(file(case, "opening/"))


def test_an_act_that_is_refused_shows_nothing_of_the_file_to_whoever_has_not_said_why(
    desk: Desk, case: Case, supervisor: User
) -> None:
    desk.sit(supervisor)
    for place in ("take/", "nik/"):
        assert desk.client.post(file(case, place))["Location"] == file(case, "opening/")
    assert "nik.revealed" not in {step.action for step in queries.timeline(case)}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, "Choose why you open this file."),
        ({"reason_code": "CURIOUS"}, "is not one of the available choices"),
        ({"reason_code": "AUTHORITY", "number": " "}, "Write the number of what was sent."),
        ({"reason_code": "OTHER"}, "Say why in a few words."),
    ],
)
def test_half_a_reason_opens_nothing(
    desk: Desk, case: Case, supervisor: User, said: dict[str, str], wrong: str
) -> None:
    answer = desk.sit(supervisor).press(case, "opening/", **said)
    assert wrong in answer.content.decode()
    assert desk.client.get(file(case)).status_code == 302


def test_the_reason_holds_for_that_case_for_a_working_day_in_that_session(
    desk: Desk, case: Case, citizen2: User, supervisor: User
) -> None:
    explain(desk.sit(supervisor).client, case)
    other = cases.submitted_application(citizen2)
    assert desk.client.get(file(case)).status_code == 200
    assert desk.client.get(file(other)).status_code == 302
    clock.move(timedelta(hours=8, minutes=1))
    assert desk.client.get(file(case)).status_code == 302
    explain(desk.client, case)
    assert desk.sit(supervisor).client.get(file(case)).status_code == 200
    desk.client.logout()
    assert desk.sit(supervisor).client.get(file(case)).status_code == 302


def test_the_citizen_and_the_office_read_why(desk: Desk, case: Case, citizen: User, supervisor: User) -> None:
    explain(desk.sit(supervisor).client, case, reason_code="AUTHORITY", number="B-12/KPK")
    page = desk.open(case)
    assert "Reason: Asked for by the inspectorate or a court. Their number: B-12/KPK." in page
    lines = timeline.openings(case, queries.timeline(case))
    assert [(line.sentence, "B-12" in line.sentence) for line in lines] == [
        (
            "The file was opened. Reason: Asked for by the inspectorate or a court.",
            False,
        )
    ]


def test_nothing_is_said_of_whoever_has_a_task(case: Case, intake: User) -> None:
    why = Why(code="CITIZEN")
    casework.record_opening(case, viewer=intake, hat="INTAKE", at=clock.now(), why=why)
    assert told(case) == [{"what": "case"}]


def test_the_operation_itself_refuses_an_opening_without_a_reason(case: Case, supervisor: User) -> None:
    with pytest.raises(casework.UnableToHandle) as refused:
        casework.record_opening(case, viewer=supervisor, hat="SUPERVISOR", at=clock.now())
    assert (refused.value.code, told(case)) == ("why", [])


def test_a_decided_case_is_nobodys_task_once_its_step_stands(
    desk: Desk, citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    granted = cases.granted_application(citizen, intake, reviewer, approver)
    assert desk.sit(approver).client.get(file(granted)).status_code == 302
    explain(desk.client, granted, reason_code="CITIZEN")

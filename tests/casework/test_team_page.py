"""My team: what lies on whose desk, and what the month has brought; for supervisors, of their own office."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import Desk
from tests.factories import accounts
from tests.factories import casework as cases

TEAM = "/admin/casework/team/"


def of(officer: User) -> str:
    return f"{TEAM}{officer.pk}/"


def taken(citizen: User, officer: User, *, days: int = 0) -> Case:
    case = cases.submitted_application(citizen, at=clock.now() - timedelta(days=days))
    return casework.take_case(case, actor=officer, reason_code="COUNTER", at=clock.now())


def line_of(page: str, officer: User) -> list[str]:
    """What the row of an officer says, cell by cell."""
    (row,) = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if officer.person.name in row]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [re.sub(r"<.*?>", "", cell, flags=re.DOTALL).strip() for cell in cells]


def test_each_officer_with_what_lies_on_the_desk_and_what_the_month_brought(
    desk: Desk, citizen: User, citizen2: User, intake: User, reviewer: User, supervisor: User
) -> None:
    cases.accepted_application(citizen2, intake)
    taken(citizen, intake, days=9)
    page = desk.sit(supervisor).read(TEAM)
    assert line_of(page, intake) == ["1", "1", "9 days", "2", "1", "0", "0", "0"]
    assert line_of(page, reviewer) == ["0", "0", "\u2013", "0", "0", "0", "0", "0"]


def test_no_confidential_file_is_shown_or_counted(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    case = taken(citizen, intake)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    desk.sit(supervisor)
    assert line_of(desk.read(TEAM), intake) == ["0", "0", "\u2013", "0", "0", "0", "0", "0"]
    assert case.reference not in desk.read(of(intake))


def test_chosen_files_go_to_the_queue(
    desk: Desk, citizen: User, citizen2: User, intake: User, supervisor: User
) -> None:
    moved, kept = taken(citizen, intake), taken(citizen2, intake)
    page = desk.sit(supervisor).read(of(intake))
    assert moved.reference in page
    answer = desk.client.post(
        of(intake), {"chosen": [moved.reference], "to": "queue", "reason_code": "ABSENCE"}, follow=True
    )
    assert "1 file was moved: Back to the queue." in answer.content.decode()
    assert list(Case.objects.filter(assignee=intake)) == [kept]


def test_only_whoever_could_take_a_file_is_offered(
    desk: Desk, citizen: User, intake: User, reviewer: User, supervisor: User
) -> None:
    signed, unsigned = accounts.officer("Dewi", Hat.INTAKE), accounts.signed_up("Ayu")
    accounts.unsigned(unsigned, Hat.INTAKE)
    taken(citizen, intake)
    page = desk.sit(supervisor).read(of(intake))
    offered = [user for user in (intake, reviewer, signed, unsigned) if f'<option value="{user.pk}"' in page]
    assert offered == [signed]


def test_what_is_missing_is_told_and_what_was_chosen_is_kept(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    case = taken(citizen, intake)
    answer = desk.sit(supervisor).client.post(of(intake), {"chosen": [case.reference], "to": "queue"})
    page = answer.content.decode()
    assert "Choose the reason." in page
    assert f'value="{case.reference}" checked' in page
    assert "Choose at least one file." in desk.client.post(of(intake)).content.decode()
    case.refresh_from_db()
    assert case.assignee == intake


def test_the_number_of_queries_does_not_grow(
    desk: Desk, citizen: User, intake: User, supervisor: User, government: Government
) -> None:
    desk.sit(supervisor).read(TEAM)
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.read(TEAM)
        counted.append(len(queries))
        for number in range(3):
            taken(citizen, accounts.officer(f"Petugas {number}", Hat.INTAKE))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "name", ["citizen", "intake", "reviewer", "approver", "executive", "auditor", "administrator"]
)
def test_for_everybody_else_there_is_no_team(
    name: str, request: pytest.FixtureRequest, client: Client, intake: User
) -> None:
    client.force_login(request.getfixturevalue(name))
    for address in (TEAM, of(intake), f"{TEAM}?agency=dpmptsp"):
        assert client.get(address).status_code == 404


def test_a_supervisor_sees_no_team_of_another_office(
    client: Client, supervisor: User, foreign_intake: User
) -> None:
    client.force_login(supervisor)
    for address in (f"{TEAM}?agency=dishub", of(foreign_intake)):
        assert client.get(address).status_code == 404

"""The head's page: what no office has answered in time, and what was twice called unsolved. Never a confidential one."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from complaints import operations as complaints
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.foundation import clock
from tests.factories import accounts
from tests.factories import complaints as reports

ADDRESS = "/admin/complaints/category/unanswered/"


@pytest.fixture
def mayor(db: None) -> User:
    accounts.agency("pemkot", is_root=True)
    return accounts.officer("Wali Kota", Hat.EXECUTIVE, agency_code="pemkot")


def page(client: Client, reader: User, query: str = "") -> Any:
    client.force_login(reader)
    return client.get(ADDRESS + query)


def listed(client: Client, reader: User, query: str = "") -> list[str]:
    return [row["reference"] for row in page(client, reader, query).context["rows"]]


def test_no_answer_in_24_hours_reaches_the_head_of_government(
    client: Client, intake: User, foreign_reviewer: User, mayor: User
) -> None:
    at = clock.now()
    late = reports.assigned_report(intake, at=at - timedelta(hours=25))
    reports.assigned_report(intake, at=at - timedelta(hours=23))
    reports.planned_report(intake, foreign_reviewer, at=at - timedelta(hours=30))
    reports.answered_report(intake, foreign_reviewer, at=at - timedelta(hours=30))
    reports.received_report(at=at - timedelta(hours=30))

    assert listed(client, mayor) == [late.reference]
    shown = page(client, mayor).content.decode()
    assert "Lampu jalan" in shown
    assert "Gubeng" in shown
    assert f"/complaints/{late.reference}/" in shown


def test_a_confidential_one_is_not_listed_and_not_counted(
    client: Client, intake: User, foreign_reviewer: User, mayor: User
) -> None:
    at = clock.now() - timedelta(days=3)
    reports.assigned_report(intake, visibility="CONFIDENTIAL", at=at)
    reports.escalated_report(intake, foreign_reviewer, visibility="CONFIDENTIAL", at=at)

    for query in ("", "?show=escalated"):
        answer = page(client, mayor, query)
        assert answer.context["rows"] == []
        assert [tab["count"] for tab in answer.context["tabs"]] == [0, 0]


def test_a_second_dissatisfaction_reaches_the_head_until_somebody_acts(
    client: Client, intake: User, foreign_reviewer: User, mayor: User
) -> None:
    case = reports.escalated_report(intake, foreign_reviewer)
    assert listed(client, mayor, "?show=escalated") == [case.reference]
    complaints.take_up_again(case, actor=foreign_reviewer, words="Kami cek", at=clock.now())
    assert listed(client, mayor, "?show=escalated") == []


def test_a_report_handed_back_or_ended_is_not_waited_for(
    client: Client, intake: User, foreign_reviewer: User, mayor: User
) -> None:
    at = clock.now() - timedelta(days=2)
    earlier = reports.answered_report(intake, foreign_reviewer, at=at)
    back, double = (reports.taken_report(intake, foreign_reviewer, at=at) for _ in range(2))
    complaints.hand_back(back, actor=foreign_reviewer, words="Bukan kami", at=clock.now())
    complaints.mark_duplicate(double, actor=foreign_reviewer, reference=earlier.reference, at=clock.now())
    assert listed(client, mayor) == []


def test_the_head_of_an_office_sees_its_own_with_the_way_to_the_file(client: Client, intake: User) -> None:
    at = clock.now() - timedelta(days=2)
    case = reports.assigned_report(intake, at=at)
    elsewhere = reports.assigned_report(intake, category="waste", at=at)
    for hat in (Hat.EXECUTIVE, Hat.SUPERVISOR):
        head = accounts.officer(f"Kepala {hat}", hat, agency_code="dishub")
        assert listed(client, head) == [case.reference]
        assert f"/admin/casework/case/{case.reference}/" in page(client, head).content.decode()
        assert elsewhere.reference not in page(client, head).content.decode()


@pytest.mark.parametrize("name", ["intake", "reviewer", "approver", "inspector", "auditor", "administrator"])
def test_for_everybody_else_there_is_no_such_page(
    name: str, request: pytest.FixtureRequest, client: Client
) -> None:
    assert page(client, request.getfixturevalue(name)).status_code == 404


def test_it_takes_the_same_number_of_queries_however_many_wait(
    client: Client, intake: User, mayor: User, django_assert_max_num_queries: Any
) -> None:
    at = clock.now() - timedelta(days=2)
    for _ in range(3):
        reports.assigned_report(intake, at=at)
    client.force_login(mayor)
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


def test_the_next_page_follows(client: Client, intake: User, mayor: User) -> None:
    at = clock.now() - timedelta(days=3)
    cases = [reports.assigned_report(intake, at=at + timedelta(minutes=number)) for number in range(52)]
    answer = page(client, mayor)
    first = [row["reference"] for row in answer.context["rows"]]
    second = listed(client, mayor, answer.context["next_url"])
    assert first + second == [case.reference for case in cases]


def test_categories_are_read_and_never_edited(client: Client, administrator: User, auditor: User) -> None:
    reports.ready()
    for reader in (administrator, auditor):
        client.force_login(reader)
        shown = client.get("/admin/complaints/category/")
        assert "Lampu jalan" in shown.content.decode()
        assert "complaint-settlement" not in shown.content.decode()
        assert "14 hari kerja" in shown.content.decode()
        assert client.get("/admin/complaints/category/add/").status_code == 404


def test_a_case_that_waits_is_taken_by_its_office(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = reports.assigned_report(intake)
    taken = casework.take_next_case(
        actor=foreign_reviewer, agency=case.agency, hat=Hat.REVIEWER, at=clock.now()
    )
    assert taken == case

"""What makes no page slower in a long backlog: it is read in the order of an index and no further than it has to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import queries, workload
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import QUEUE, Desk
from tests.factories import accounts
from tests.factories import casework as cases


def plan_of(sql: str) -> str:
    """How PostgreSQL reads where everything but an index in the order of the list is dear: in a table of few rows it would not."""
    with connection.cursor() as cursor:
        for other in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def asked_by(cases: QuerySet[Case]) -> str:
    with CaptureQueriesContext(connection) as captured:
        list(cases)
    return captured.captured_queries[-1]["sql"]


def test_a_long_backlog_is_said_to_be_long_and_not_counted(
    desk: Desk, citizen: User, intake: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workload, "MOST_COUNTED", 1)
    for _ in range(3):
        cases.submitted_application(citizen)
    counted = workload.counts(workload.office_of(intake, at=clock.now()), at=clock.now())
    assert (counted.queue, counted.mine) == (2, 0)
    assert '<span class="desk-tab__count">1+</span>' in desk.sit(intake).read(QUEUE)


def test_every_count_is_of_the_list_behind_it(citizen: User, citizen2: User, intake: User) -> None:
    now = clock.now()
    cases.submitted_application(citizen, at=now - timedelta(days=9))
    take_next(intake, cases.submitted_application(citizen2, at=now))
    office = workload.office_of(intake, at=now)
    counted, open_ones = workload.counts(office, at=now), workload.open_cases(office)
    assert counted.open == open_ones.count() == 2
    assert counted.team == open_ones.filter(workload.actionable(office, at=now)).count()
    assert counted.mine == 1
    assert counted.queue == 1
    assert counted.to_do == 2
    assert counted.late == open_ones.filter(workload.late(now)).count() == 1
    assert counted.today == open_ones.filter(workload.due_today(now)).count()
    assert counted.waiting == 0


def test_the_queue_and_its_next_case_are_read_in_their_order_and_not_sorted(
    citizen: User, intake: User
) -> None:
    case, now = cases.submitted_application(citizen), clock.now()
    office = workload.office_of(intake, at=now)
    page = workload.open_cases(office).filter(workload.actionable(office, at=now)).order_by(*workload.ORDER)
    first = queries.waiting_for(agency=case.agency, hat=Hat.INTAKE, user=intake, at=now)
    for sql in (asked_by(page[:51]), asked_by(first[:1])):
        plan = plan_of(sql)
        assert "case_backlog" in plan
        assert "Sort" not in plan.split("SubPlan")[0]
        assert "Seq Scan on casework_case" not in plan


def test_counts_stop_in_the_order_of_an_index(citizen: User, intake: User) -> None:
    cases.submitted_application(citizen)
    with CaptureQueriesContext(connection) as captured:
        workload.counts(workload.office_of(intake, at=clock.now()), at=clock.now())
    plan = plan_of(captured.captured_queries[-1]["sql"])
    assert "case_queue" in plan
    assert "case_due" in plan
    assert "Seq Scan on casework_case" not in plan


def test_take_next_gives_the_cases_in_the_order_of_the_page_and_passes_over_what_is_shut(
    citizen: User, citizen2: User, intake: User
) -> None:
    now = clock.now()
    for days in (3, 9, 1, 6):
        cases.submitted_application(citizen, at=now - timedelta(days=days))
    shut = cases.submitted_application(citizen2, at=now - timedelta(days=7))
    casework.recuse_officer(shut, actor=intake, reason="A cousin of mine.", at=now)
    office = workload.office_of(intake, at=now)
    shown = workload.open_cases(office).filter(workload.actionable(office, at=now)).order_by(*workload.ORDER)
    expected = [case.pk for case in shown if case.pk != shut.pk]
    taken = [take_next(intake, shut).pk for _ in expected]
    assert taken == expected
    assert take_next(accounts.officer("Petugas Dua", Hat.INTAKE), shut) == shut


def take_next(officer: User, case: Case) -> Case:
    return casework.take_next_case(actor=officer, agency=case.agency, hat=Hat.INTAKE, at=clock.now())

"""The record's months."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from services.audit import operations, queries, tasks
from services.audit.actors import SYSTEM, Subject
from services.audit.models import Event, Payload
from services.foundation import clock

CASE = Subject("case", "P-7K3F9-QXM2E")


def partition_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT tableoid::regclass::text FROM {table}")  # noqa: S608
        return str(cursor.fetchone()[0])


def record(at: datetime) -> Event:
    return operations.record("casework.case.opened", actor=SYSTEM, subject=CASE, at=at, details={"a": 1})


@pytest.mark.django_db
def test_an_event_and_its_payload_lie_in_their_month() -> None:
    record(clock.now())
    month = clock.now().strftime("%Y_%m")
    assert partition_of("audit_event") == f"audit_event_{month}"
    assert partition_of("audit_payload") == f"audit_payload_{month}"


@pytest.mark.django_db
def test_the_months_to_come_are_made_once() -> None:
    at = datetime(2031, 11, 24, 23, tzinfo=UTC)
    assert operations.make_partitions(at=at) == 8
    assert operations.make_partitions(at=at) == 0
    record(datetime(2031, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
    assert partition_of("audit_event") == "audit_event_2031_12"


@pytest.mark.django_db
def test_a_new_month_is_as_closed_as_the_others() -> None:
    operations.make_partitions(at=datetime(2031, 1, 1, tzinfo=UTC), months=0)
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname, array_agg(tgname::text ORDER BY tgname), bool_and(tgenabled = 'A'),
                has_table_privilege(c.oid, 'SELECT')
            FROM pg_class c JOIN pg_trigger ON tgrelid = c.oid AND NOT tgisinternal
            WHERE c.relname LIKE 'audit%2031_01' GROUP BY c.oid, c.relname ORDER BY c.relname
        """)
        assert cursor.fetchall() == [
            (
                "audit_event_2031_01",
                [
                    "audit_await_log",
                    "audit_refuse_change",
                    "audit_refuse_truncate",
                    "audit_stamp_transaction",
                ],
                True,
                False,
            ),
            (
                "audit_payload_2031_01",
                ["audit_refuse_change", "audit_refuse_silent_erasure", "audit_refuse_truncate"],
                True,
                False,
            ),
        ]


@pytest.mark.django_db
def test_a_month_that_nobody_made_is_kept_all_the_same() -> None:
    at = datetime(2041, 5, 5, tzinfo=UTC)
    record(at)
    assert partition_of("audit_event") == "audit_event_default"
    assert operations.make_partitions(at=at, months=0) == 0
    assert [event.at for event in queries.events_of(CASE)] == [at]
    assert Payload.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_daily_task_keeps_three_months_ahead() -> None:
    with transaction.atomic():
        tasks.make_partitions()
    tasks.make_partitions()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_event'::regclass")
        assert cursor.fetchone()[0] >= 5

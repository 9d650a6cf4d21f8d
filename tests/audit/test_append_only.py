"""Nobody changes the record: not by the ORM, not in SQL, not as the owner of its tables."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from services.audit import operations, queries
from services.audit.actors import SYSTEM, Subject
from services.audit.models import Event, Pending
from services.foundation import clock, roles
from tests import session
from tests.emptying import owner_parameters

CASE = Subject("case", "P-7K3F9-QXM2E")
STATEMENTS = [
    "UPDATE audit_event SET action = 'a.b.c'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event CASCADE",
    "UPDATE audit_payload SET payload = '{}'",
    "DELETE FROM audit_payload",
    "TRUNCATE audit_payload",
    "UPDATE audit_pending SET at = '2026-01-01'",
    "DELETE FROM audit_pending",
    "TRUNCATE audit_pending",
]


@pytest.fixture
def event(transactional_db: None) -> Event:
    with transaction.atomic():
        return operations.record("casework.case.opened", actor=SYSTEM, subject=CASE, at=clock.now())


@pytest.fixture
def owner(event: Event) -> Iterator[psycopg2.extensions.cursor]:
    """A cursor of the role that owns the tables."""
    link = psycopg2.connect(**owner_parameters())
    try:
        yield link.cursor()
    finally:
        link.rollback()
        link.close()


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_web_role_has_no_right_to_change_the_record(event: Event, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert queries.keeps_its_promise(Event.objects.get(id=event.id))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_owner_is_refused_by_the_triggers(owner: psycopg2.extensions.cursor, statement: str) -> None:
    with pytest.raises(psycopg2.errors.RestrictViolation):
        owner.execute(statement)


@pytest.mark.parametrize("table", ["audit_event", "audit_payload"])
def test_every_partition_refuses_to_be_emptied(owner: psycopg2.extensions.cursor, table: str) -> None:
    owner.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
    partitions = [name for (name,) in owner.fetchall()]
    assert len(partitions) >= 5
    for partition in partitions:
        owner.execute("SAVEPOINT before")
        with pytest.raises(psycopg2.errors.RestrictViolation):
            owner.execute(f"TRUNCATE {partition} CASCADE")
        owner.execute("ROLLBACK TO before")
        owner.execute(
            "SELECT has_table_privilege(%s, %s, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')",
            [roles.web_role(), partition],
        )
        assert owner.fetchone() == (False,)


def test_every_trigger_of_the_record_fires_always(owner: psycopg2.extensions.cursor) -> None:
    owner.execute("""
        SELECT count(*), count(*) FILTER (WHERE tgenabled = 'A') FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
        WHERE NOT tgisinternal AND c.relname LIKE 'audit%'
    """)
    ((all_of_them, always),) = owner.fetchall()
    assert all_of_them == always > 40


def test_the_orm_cannot_change_an_event(event: Event) -> None:
    event.action = "a.b.c"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()


def test_the_web_role_cannot_put_a_row_before_the_log(event: Event) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Pending.objects.create(event_id=event.id, at=event.at)


def test_nobody_writes_an_event_into_another_transaction(event: Event) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (id, at, action, actor_kind, hat, agency, subject_kind, subject_key, xact, commitment, request_id)"
            " SELECT gen_random_uuid(), at, action, actor_kind, hat, agency, subject_kind, 'forged', xact, commitment, ''"
            " FROM audit_event RETURNING xact::text, pg_current_xact_id()::text"
        )
        stamped, current = cursor.fetchone()
    assert stamped == current


def test_the_sequencer_takes_pending_rows_and_nothing_else(event: Event) -> None:
    state = session.joined().cluster.state
    sequencer = {"user": roles.sequencer_role(), "password": state.sequencer_password}
    link = psycopg2.connect(**owner_parameters() | sequencer)
    with link.cursor() as cursor:
        cursor.execute("DELETE FROM audit_pending RETURNING event_id::text")
        assert cursor.fetchone() == (str(event.id),)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM audit_event")
    link.close()

"""What the web role may do: use the tables, own nothing, change no shape."""

import pytest
from django.db import ProgrammingError, connection, transaction

from services.foundation import locks

pytestmark = pytest.mark.django_db


def answers(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_the_web_role_owns_nothing() -> None:
    owned = "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user"
    functions = "SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) = current_user"
    assert answers(owned) == answers(functions) == []


def test_the_web_role_is_neither_superuser_nor_member_of_the_owner() -> None:
    flags = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert answers(flags) == [(False,) * 5]
    assert answers("SELECT 1 FROM pg_auth_members WHERE pg_get_userbyid(member) = current_user") == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (id int)",
        "ALTER TABLE outbox_message ADD COLUMN mine int",
        "DROP TABLE outbox_message",
        "TRUNCATE outbox_message",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', '2026-01-01')",
    ],
)
def test_the_web_role_changes_no_shape(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_web_role_may_use_every_ordinary_table() -> None:
    """Tables without the usual rights are those whose own migration took them; none was forgotten by the defaults."""
    without = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
            AND NOT has_table_privilege(oid, 'SELECT')
    """
    assert answers(without) == []


def test_a_transaction_lock_is_refused_where_it_would_not_hold(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="released at once"):
        locks.try_transaction_lock("a")


def test_a_transaction_lock_is_taken_once_and_may_be_taken_again_by_its_holder() -> None:
    locks.transaction_lock("a")
    assert locks.try_transaction_lock("a")

"""How the database is emptied after a test that committed: one transaction of the owner's.

Django's own flush is refused, since the web role may truncate nothing, and it would empty the transition table too.
"""

import time
from typing import Any

import psycopg2
from django.db import connections
from psycopg2 import sql

KEPT = ("django_migrations", "django_content_type", "auth_permission", "casework_transition")
STATES = {"A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "O": "ENABLE"}
TRIES = 5


def empty_database() -> None:
    """Empty all tables but the kept ones; a worker that holds a lock for a moment is waited for."""
    for attempt in range(1, TRIES + 1):
        try:
            truncate_as_owner()
        except (psycopg2.errors.DeadlockDetected, psycopg2.errors.LockNotAvailable):
            if attempt == TRIES:
                raise
            time.sleep(0.1 * attempt)
        else:
            return


def truncate_as_owner() -> None:
    """Disable the triggers, truncate, and enable each trigger again in the manner it was."""
    with psycopg2.connect(**owner_parameters()) as connection, connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        tables = identifiers(cursor, "relname", "FROM pg_class WHERE relkind IN ('r', 'p')")
        triggers = enabled_triggers(cursor)
        statements = [
            sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(table, name) for table, name, _ in triggers
        ]
        statements.append(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(tables)))
        statements += [
            sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(table, sql.SQL(STATES[state]), name)
            for table, name, state in triggers
        ]
        cursor.execute(sql.SQL("; ").join(statements))
    connection.close()


def owner_parameters() -> dict[str, Any]:
    settings = connections["owner"].settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {parameter: str(settings[key]) for parameter, key in names.items()}


def identifiers(cursor: psycopg2.extensions.cursor, column: str, source: str) -> list[sql.Identifier]:
    cursor.execute(
        f"SELECT {column} {source} AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)",
        [list(KEPT)],
    )
    return [sql.Identifier(name) for (name,) in cursor.fetchall()]


def enabled_triggers(cursor: psycopg2.extensions.cursor) -> list[tuple[sql.Identifier, sql.Identifier, str]]:
    """Those on TRUNCATE: no other fires when a table is emptied."""
    cursor.execute(
        """
        SELECT relname, tgname, tgenabled::text
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND tgenabled <> 'D' AND (tgtype & 32) <> 0
          AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)
        """,
        [list(KEPT)],
    )
    return [(sql.Identifier(table), sql.Identifier(name), state) for table, name, state in cursor.fetchall()]

"""COPY as the owner, with the guards off: inside one transaction alone, which puts them back whatever ends it."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO
from typing import Any, Final

from psycopg2 import sql

from portal.bench.marker import owner

STATES: Final = {"A": "ENABLE ALWAYS", "R": "ENABLE REPLICA", "O": "ENABLE"}
SERIES: Final = "documents_numberseries"
#: Guards that fire on INSERT, and the one that lets numbers go up one by one.
GUARDS: Final = """
    SELECT relname, tgname, tgenabled::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgparentid = 0 AND relname = ANY (%s)
        AND ((tgtype & 4) <> 0 OR relname = %s)
    ORDER BY relname, tgname
"""


#: Foreign keys are checked row by row, which is more work than all the rest; once is enough, and that is done at the end.
KEYS: Final = """
    SELECT relname, conname, pg_get_constraintdef(con.oid)
    FROM pg_constraint con JOIN pg_class ON pg_class.oid = conrelid
    WHERE contype = 'f' AND conparentid = 0 AND relname = ANY (%s) {only}
    ORDER BY relname, conname
"""
Words = tuple[str, str, str]


@contextmanager
def guards_off(tables: Collection[str]) -> Iterator[None]:
    """Nothing guards these tables in the block, which stands in a transaction of the owner's.

    Foreign keys come back without a look at what is there: `check_keys` does that once for all.
    """
    with owner().cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        guards = _asked(cursor, GUARDS, [[*tables, SERIES], SERIES])
        keys = _asked(cursor, KEYS.format(only=""), [list(tables)])
        for table, name, _state in guards:
            cursor.execute(_altered(table, "DISABLE TRIGGER", name))
        for table, name, _definition in keys:
            cursor.execute(_altered(table, "DROP CONSTRAINT", name))
        yield
        for table, name, definition in keys:
            unchecked = f"{definition.removesuffix(' NOT VALID')} NOT VALID"
            cursor.execute(_altered(table, "ADD CONSTRAINT", name, unchecked))
        for table, name, state in guards:
            cursor.execute(_altered(table, f"{STATES[state]} TRIGGER", name))


def check_keys(tables: Collection[str]) -> None:
    """Look at every row for the foreign keys that have not been looked at. Raises IntegrityError."""
    with owner().cursor() as cursor:
        for table, name, _definition in _asked(
            cursor, KEYS.format(only="AND NOT convalidated"), [list(tables)]
        ):
            cursor.execute(_altered(table, "VALIDATE CONSTRAINT", name))


def open_months(at: datetime, *, years: int) -> None:
    """Make the partitions of the record for so many years before."""
    for year in range(years + 1):
        with owner().cursor() as cursor:
            cursor.execute("SELECT audit_make_partitions(%s, 12)", [date(at.year - year, 1, 1)])


def copy(table: str, columns: str, lines: str) -> None:
    """Write lines as COPY reads them."""
    if lines:
        with owner().cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", StringIO(lines))


def last_key(table: str) -> int:
    """The last key that the sequence of this table gave."""
    with owner().cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        (last,) = cursor.fetchone()
    return int(last)


def go_on_from(table: str, last: int) -> None:
    """Let the sequence of this table go on from a key."""
    with owner().cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])


def last_numbers() -> Counter[str]:
    """The last number of each series of certificates, by "prefix/year"."""
    with owner().cursor() as cursor:
        cursor.execute("SELECT prefix || '/' || year, last_number FROM documents_numberseries")
        return Counter(dict(cursor.fetchall()))


def keep_numbers(numbers: Counter[str]) -> None:
    """Let each series of certificates go on from what was given."""
    with owner().cursor() as cursor:
        for series, last in numbers.items():
            prefix, year = series.rsplit("/", 1)
            cursor.execute(
                """INSERT INTO documents_numberseries (prefix, year, last_number) VALUES (%s, %s, %s)
                ON CONFLICT (prefix, year) DO UPDATE SET last_number = excluded.last_number""",
                [prefix, int(year), last],
            )


def tidy(tables: Collection[str]) -> None:
    """What autovacuum would have done by the time: statistics, and maps of what is visible to all."""
    with owner().cursor() as cursor:
        for name in sorted(tables):
            cursor.execute(f"VACUUM (ANALYZE) {name}")


def _asked(cursor: Any, words: str, values: list[Any]) -> list[Words]:
    cursor.execute(words, values)
    return list(cursor.fetchall())


def _altered(table: str, how: str, name: str, rest: str = "") -> sql.Composed:
    return sql.SQL("ALTER TABLE {} {} {} {}").format(
        sql.Identifier(table), sql.SQL(how), sql.Identifier(name), sql.SQL(rest)
    )

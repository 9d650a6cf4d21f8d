"""The mark of a bench: a comment on the database itself, set while it is empty, without which nothing is multiplied."""

from typing import Any, Final

from django.db import connections

from services.accounts.models import User
from services.casework.models import Case
from services.foundation.errors import UnableTo

MARK: Final = "bench: every person and every case in here is invented"
OWNER: Final = "owner"


class UnableToBench(UnableTo):
    """What is asked for is done in a bench alone. `code`: owner, in_use, unmarked, no_prototypes."""


def owner() -> Any:
    """The connection of the owner of the tables. Raises UnableToBench (owner)."""
    if OWNER not in connections.settings:
        words = "A bench is filled by the owner of the tables: the variable DATABASE_OWNER_URL is missing."
        raise UnableToBench(words, code="owner")
    return connections[OWNER]


def is_marked() -> bool:
    """Whether this database is a bench."""
    with owner().cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        (comment,) = cursor.fetchone()
    return bool(comment == MARK)


def require_mark() -> None:
    """Raise UnableToBench (unmarked) outside a bench."""
    if not is_marked():
        words = (
            "This database is no bench, and invented cases would stand among real ones. "
            "`make_bench` marks a database in which there is nobody and nothing yet."
        )
        raise UnableToBench(words, code="unmarked")


def mark() -> None:
    """Make an empty database a bench, for good. Raises UnableToBench (in_use) where there are people or cases."""
    connection = owner()
    if User.objects.using(OWNER).exists() or Case.objects.using(OWNER).exists():
        words = "There are people or cases in this database: only an empty one becomes a bench."
        raise UnableToBench(words, code="in_use")
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database()), quote_literal(%s)", [MARK])
        name, comment = cursor.fetchone()
        cursor.execute(f"COMMENT ON DATABASE {name} IS {comment}")

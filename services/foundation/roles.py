"""Rights of the database roles, for migrations: the owner migrates and owns, the web role owns nothing.

The web role is whoever `DATABASES["default"]` signs in as, the sequencer's is `SEQUENCER_ROLE`; both may have any name.
A migration that takes rights away depends on ("foundation", "0001_roles"), which gives the usual ones.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

Code = Callable[[Any, BaseDatabaseSchemaEditor], None]


def web_role() -> str:
    """Return the name of the role that web, worker and beat sign in as."""
    return str(settings.DATABASES["default"]["USER"])


def sequencer_role() -> str:
    """Return the name of the role that takes pending rows into the log."""
    return str(settings.SEQUENCER_ROLE)


def exists(schema_editor: BaseDatabaseSchemaEditor, role: str) -> bool:
    """Say whether the cluster has this role."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None


def owns(schema_editor: BaseDatabaseSchemaEditor, role: str) -> bool:
    """Say whether the migrating role is this one: an owner's rights cannot be taken."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [role])
        return bool(cursor.fetchone()[0])


def revoke(table: str, *privileges: str) -> RunPython:
    """Take these rights on a table from the web role; a migration operation."""
    return RunPython(_change("REVOKE", "FROM", table, privileges), _change("GRANT", "TO", table, privileges))


def grant(table: str, *privileges: str) -> RunPython:
    """Give these rights on a table back to the web role; a migration operation."""
    return RunPython(_change("GRANT", "TO", table, privileges), _change("REVOKE", "FROM", table, privileges))


def _change(verb: str, preposition: str, table: str, privileges: tuple[str, ...]) -> Code:
    def change(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        role = web_role()
        if owns(schema_editor, role):
            return
        target, name = schema_editor.quote_name(table), schema_editor.quote_name(role)
        schema_editor.execute(f"{verb} {', '.join(privileges)} ON {target} {preposition} {name}")

    return change

"""Give the web role its usual rights on everything that the owner has made and will make; it owns nothing itself."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from services.foundation import roles

RIGHTS = "SELECT, INSERT, UPDATE, DELETE"


def grant_usual_rights(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Tables may be read and written, sequences used, the list of migrations only read."""
    role = roles.web_role()
    if roles.owns(schema_editor, role):
        return
    name = schema_editor.quote_name(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {RIGHTS} ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
        f"GRANT {RIGHTS} ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}",
    ):
        schema_editor.execute(statement)


def let_the_sequencer_in(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The sequencer reads the schema; what it may do there is for the record's own migrations to say."""
    role = roles.sequencer_role()
    if roles.exists(schema_editor, role):
        schema_editor.execute(f"GRANT USAGE ON SCHEMA public TO {schema_editor.quote_name(role)}")


class Migration(migrations.Migration):
    """First of all migrations: whatever takes rights away depends on it."""

    initial = True
    operations = [
        migrations.RunPython(grant_usual_rights, migrations.RunPython.noop),
        migrations.RunPython(let_the_sequencer_in, migrations.RunPython.noop),
    ]

"""Make the record: append-only, partitioned by month, its payloads erasable only with an event that says so."""

import uuid
from datetime import UTC
from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from services.audit.models import CurrentTransactionId, TransactionIdField
from services.foundation import clock, roles

RECORD = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
DROP = """
DROP TABLE audit_pending, audit_payload, audit_event;
DROP FUNCTION audit_refuse_change, audit_stamp_transaction, audit_await_log, audit_refuse_silent_erasure,
    audit_leave_to_sequencer, audit_erase_payload, audit_make_partitions, audit_guard_partition;
"""


def let_roles_in(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The web role writes events and calls two functions; the sequencer takes pending rows."""
    web, sequencer = roles.web_role(), roles.sequencer_role()
    name = schema_editor.quote_name(web)
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION audit_erase_payload(uuid, timestamptz) TO {name}")
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION audit_make_partitions(date, integer) TO {name}")
    if roles.exists(schema_editor, sequencer):
        name = schema_editor.quote_name(sequencer)
        schema_editor.execute(f"GRANT SELECT, DELETE ON audit_pending TO {name}")
        schema_editor.execute(f"GRANT SELECT ON audit_event TO {name}")


def make_first_partitions(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Last month, this one and the next three; beat makes the later ones."""
    today = clock.now().astimezone(UTC).date()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions((%s - interval '1 month')::date, 5)", [today])


STATE = [
    migrations.CreateModel(
        name="Event",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("at", models.DateTimeField(verbose_name="time")),
            ("action", models.CharField(max_length=100, verbose_name="action")),
            ("actor_kind", models.CharField(max_length=20, verbose_name="kind of actor")),
            ("actor", models.UUIDField(null=True, verbose_name="actor")),
            ("hat", models.CharField(blank=True, max_length=20, verbose_name="role")),
            ("agency", models.CharField(blank=True, max_length=60, verbose_name="agency")),
            ("subject_kind", models.CharField(max_length=40, verbose_name="kind of subject")),
            ("subject_key", models.CharField(max_length=100, verbose_name="subject")),
            ("case_version", models.PositiveIntegerField(null=True, verbose_name="version of the case")),
            ("xact", TransactionIdField(db_default=CurrentTransactionId(), editable=False)),
            ("commitment", models.BinaryField(max_length=32)),
            ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
        ],
        options={
            "verbose_name": "event",
            "verbose_name_plural": "events",
            "db_table": "audit_event",
            "default_permissions": ("view",),
        },
    ),
    migrations.CreateModel(
        name="Payload",
        fields=[
            (
                "event",
                models.OneToOneField(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    primary_key=True,
                    related_name="payload",
                    serialize=False,
                    to="audit.event",
                ),
            ),
            ("at", models.DateTimeField()),
            ("salt", models.BinaryField(max_length=32)),
            ("payload", models.TextField()),
        ],
        options={"db_table": "audit_payload", "default_permissions": ()},
    ),
    migrations.CreateModel(
        name="Pending",
        fields=[
            (
                "event",
                models.OneToOneField(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    primary_key=True,
                    related_name="pending",
                    serialize=False,
                    to="audit.event",
                ),
            ),
            ("at", models.DateTimeField()),
        ],
        options={"db_table": "audit_pending", "default_permissions": ()},
    ),
]


class Migration(migrations.Migration):
    """The tables are PostgreSQL's, their shape is told to Django."""

    initial = True
    dependencies = [("foundation", "0001_roles")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(RECORD, DROP)], state_operations=STATE
        ),
        roles.revoke("audit_event", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("audit_payload", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("audit_pending", "INSERT", "UPDATE", "DELETE", "TRUNCATE"),
        migrations.RunPython(let_roles_in, migrations.RunPython.noop),
        migrations.RunPython(make_first_partitions, migrations.RunPython.noop),
    ]

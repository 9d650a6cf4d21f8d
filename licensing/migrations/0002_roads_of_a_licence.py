"""Tell the database the roads of a licence: the rows of `licensing/workflow.py`, frozen here as they were at this migration."""

from typing import Any

from django.db import migrations

KIND = "LICENCE"
ROADS = (
    ("", "DRAFT"),
    ("DRAFT", "SUBMITTED"),
    ("SUBMITTED", "RETURNED"),
    ("RETURNED", "SUBMITTED"),
    ("SUBMITTED", "IN_REVIEW"),
    ("IN_REVIEW", "WAITING_APPLICANT"),
    ("WAITING_APPLICANT", "IN_REVIEW"),
    ("IN_REVIEW", "READY_FOR_DECISION"),
    ("READY_FOR_DECISION", "GRANTED"),
    ("SUBMITTED", "GRANTED"),
    ("READY_FOR_DECISION", "REFUSED"),
    ("GRANTED", "ISSUED"),
    ("DRAFT", "WITHDRAWN"),
    ("SUBMITTED", "WITHDRAWN"),
    ("RETURNED", "WITHDRAWN"),
    ("IN_REVIEW", "WITHDRAWN"),
    ("WAITING_APPLICANT", "WITHDRAWN"),
    ("READY_FOR_DECISION", "WITHDRAWN"),
    ("DRAFT", "LAPSED"),
    ("RETURNED", "LAPSED"),
    ("WAITING_APPLICANT", "LAPSED"),
)


def lay_roads(apps: Any, schema_editor: Any) -> None:
    """Insert the rows."""
    rows = apps.get_model("casework", "TransitionRow")
    rows.objects.using(schema_editor.connection.alias).bulk_create(
        rows(kind=KIND, source=source, target=target) for source, target in ROADS
    )


def take_roads_away(apps: Any, schema_editor: Any) -> None:
    """Delete the rows."""
    rows = apps.get_model("casework", "TransitionRow")
    rows.objects.using(schema_editor.connection.alias).filter(kind=KIND).delete()


class Migration(migrations.Migration):
    """Rows of `casework_transition` for licences."""

    dependencies = [
        ("licensing", "0001_businesses_and_licences"),
        ("casework", "0004_topics_messages_and_checks"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

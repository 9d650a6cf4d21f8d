"""Tell the database the roads of a report: the rows of `complaints/workflow.py`, frozen here as they were at this migration."""

from typing import Any

from django.db import migrations

KIND = "COMPLAINT"
ROADS = (
    ("", "RECEIVED"),
    ("RECEIVED", "NEEDS_DATA"),
    ("NEEDS_DATA", "RECEIVED"),
    ("RECEIVED", "VERIFIED"),
    ("VERIFIED", "ASSIGNED"),
    ("ASSIGNED", "VERIFIED"),
    ("PLANNED", "VERIFIED"),
    ("REOPENED", "VERIFIED"),
    ("ASSIGNED", "PLANNED"),
    ("REOPENED", "PLANNED"),
    ("ASSIGNED", "ANSWERED"),
    ("PLANNED", "ANSWERED"),
    ("REOPENED", "ANSWERED"),
    ("ANSWERED", "SOLVED"),
    ("ANSWERED", "REOPENED"),
    ("ANSWERED", "NOT_POSSIBLE"),
    ("ASSIGNED", "NOT_POSSIBLE"),
    ("PLANNED", "NOT_POSSIBLE"),
    ("REOPENED", "NOT_POSSIBLE"),
    ("RECEIVED", "NOT_OURS"),
    ("VERIFIED", "NOT_OURS"),
    ("RECEIVED", "DUPLICATE"),
    ("VERIFIED", "DUPLICATE"),
    ("ASSIGNED", "DUPLICATE"),
    ("PLANNED", "DUPLICATE"),
    ("REOPENED", "DUPLICATE"),
    ("RECEIVED", "ARCHIVED"),
    ("VERIFIED", "ARCHIVED"),
    ("NEEDS_DATA", "ARCHIVED"),
    ("ANSWERED", "CLOSED"),
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
    """Rows of `casework_transition` for reports."""

    dependencies = [
        ("complaints", "0001_reports_and_their_categories"),
        ("casework", "0002_guards_of_the_status"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

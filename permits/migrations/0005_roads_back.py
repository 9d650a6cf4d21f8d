"""Tell the database the roads back along the steps that an officer may undo."""

from typing import Any

from django.db import migrations

KIND = "PERMIT"
#: Back from RETURNED and WAITING_APPLICANT the applicant goes too, along roads that are there already.
ROADS = (
    ("IN_REVIEW", "SUBMITTED"),
    ("READY_FOR_DECISION", "IN_REVIEW"),
    ("GRANTED", "READY_FOR_DECISION"),
    ("REFUSED", "READY_FOR_DECISION"),
)


def lay_roads(apps: Any, schema_editor: Any) -> None:
    """Insert the rows that are not there."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    for source, target in ROADS:
        rows.get_or_create(kind=KIND, source=source, target=target, defaults={"undoes": True})


def take_roads_away(apps: Any, schema_editor: Any) -> None:
    """Delete the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    rows.filter(kind=KIND, undoes=True).delete()


class Migration(migrations.Migration):
    """Rows of `casework_transition`."""

    dependencies = [
        ("permits", "0004_roads_of_an_objection"),
        ("casework", "0016_a_step_can_be_undone"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

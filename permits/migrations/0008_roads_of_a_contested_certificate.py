"""Tell the database the roads of an objection to what was decided about a certificate."""

from typing import Any

from django.db import migrations

KIND = "PERMIT"
ROADS = (
    ("ISSUED", "CONTESTED"),
    ("CONTESTED", "ISSUED"),
    ("CONTESTED", "GRANTED"),
)


def lay_roads(apps: Any, schema_editor: Any) -> None:
    """Insert the rows."""
    rows = apps.get_model("casework", "TransitionRow")
    rows.objects.using(schema_editor.connection.alias).bulk_create(
        rows(kind=KIND, source=source, target=target) for source, target in ROADS
    )


def take_roads_away(apps: Any, schema_editor: Any) -> None:
    """Delete the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    for source, target in ROADS:
        rows.filter(kind=KIND, source=source, target=target).delete()


class Migration(migrations.Migration):
    """Rows of `casework_transition`."""

    dependencies = [
        ("permits", "0007_roads_of_a_ruling"),
        ("casework", "0025_objections_to_certificates"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

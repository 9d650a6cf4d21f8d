"""Tell the database the road along which the system itself grants a permit."""

from typing import Any

from django.db import migrations

ROAD = {"kind": "PERMIT", "source": "SUBMITTED", "target": "GRANTED"}


def lay_the_road(apps: Any, schema_editor: Any) -> None:
    """Insert the row."""
    rows = apps.get_model("casework", "TransitionRow")
    rows.objects.using(schema_editor.connection.alias).create(**ROAD)


def take_the_road_away(apps: Any, schema_editor: Any) -> None:
    """Delete the row."""
    rows = apps.get_model("casework", "TransitionRow")
    rows.objects.using(schema_editor.connection.alias).filter(**ROAD).delete()


class Migration(migrations.Migration):
    """One row of `casework_transition`."""

    dependencies = [
        ("permits", "0002_roads_of_a_permit"),
    ]

    operations = [migrations.RunPython(lay_the_road, take_the_road_away)]

"""Tell the database the road from a review to a grant, for what nobody decided in time."""

from typing import Any

from django.db import migrations

ROAD = {"kind": "LICENCE", "source": "IN_REVIEW", "target": "GRANTED"}


def lay_road(apps: Any, schema_editor: Any) -> None:
    """Insert the row."""
    apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias).create(**ROAD)


def take_road_away(apps: Any, schema_editor: Any) -> None:
    """Delete the row."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    rows.filter(**ROAD).delete()


class Migration(migrations.Migration):
    """A row of `casework_transition`."""

    dependencies = [
        ("licensing", "0005_roads_back"),
        ("casework", "0018_what_nobody_decided"),
    ]

    operations = [migrations.RunPython(lay_road, take_road_away)]

"""Tell the database the roads back along which the answer to an objection is undone."""

from typing import Any

from django.db import migrations

KIND = "PERMIT"
#: Back to a refusal or to an issued certificate it is the road of an objection itself.
ROADS = (("GRANTED", "OBJECTION"), ("GRANTED", "CONTESTED"))


def lay_roads(apps: Any, schema_editor: Any) -> None:
    """Insert the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    rows.bulk_create(
        rows.model(kind=KIND, source=source, target=target, undoes=True) for source, target in ROADS
    )


def take_roads_away(apps: Any, schema_editor: Any) -> None:
    """Delete the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    for source, target in ROADS:
        rows.filter(kind=KIND, source=source, target=target).delete()


class Migration(migrations.Migration):
    """Rows of `casework_transition`."""

    dependencies = [
        ("permits", "0009_papers_signed_by_a_person"),
        ("casework", "0036_an_answer_can_be_undone"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

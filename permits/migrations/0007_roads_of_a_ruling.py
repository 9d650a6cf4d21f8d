"""Tell the database the roads of a court's ruling: a stay and its end, an annulment, and a new decision."""

from typing import Any

from django.db import migrations

KIND = "PERMIT"
ROADS = (
    ("ISSUED", "STAYED"),
    ("STAYED", "ISSUED"),
    ("ISSUED", "ANNULLED"),
    ("STAYED", "ANNULLED"),
    ("REFUSED", "REOPENED"),
    ("REOPENED", "GRANTED"),
    ("REOPENED", "REFUSED"),
    ("REOPENED", "WITHDRAWN"),
)
#: Taken back within the time for that. From REFUSED a ruling leads there too, which asks the database for itself.
BACK = (("GRANTED", "REOPENED"),)


def lay_roads(apps: Any, schema_editor: Any) -> None:
    """Insert the rows."""
    rows = apps.get_model("casework", "TransitionRow")
    rows.objects.using(schema_editor.connection.alias).bulk_create(
        [
            *(rows(kind=KIND, source=source, target=target) for source, target in ROADS),
            *(rows(kind=KIND, source=source, target=target, undoes=True) for source, target in BACK),
        ]
    )


def take_roads_away(apps: Any, schema_editor: Any) -> None:
    """Delete the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    for source, target in (*ROADS, *BACK):
        rows.filter(kind=KIND, source=source, target=target).delete()


class Migration(migrations.Migration):
    """Rows of `casework_transition`."""

    dependencies = [
        ("permits", "0006_the_law_may_grant"),
        ("casework", "0022_rulings_of_courts"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

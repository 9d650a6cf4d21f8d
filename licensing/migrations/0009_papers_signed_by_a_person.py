"""Tell the database the roads by which a decision comes to whoever signs its paper, and on from there."""

from typing import Any

from django.db import migrations

KIND = "LICENCE"
#: Back to the decision whoever signs sends it, and who decided takes it back: one road for both.
ROADS = (
    ("READY_FOR_DECISION", "TO_SIGN"),
    ("TO_SIGN", "GRANTED"),
    ("TO_SIGN", "READY_FOR_DECISION"),
    ("TO_SIGN", "WITHDRAWN"),
)
#: Where a court has reopened the case, the decision is taken there, and taken back to there.
REOPENED = (("REOPENED", "TO_SIGN", False), ("TO_SIGN", "REOPENED", True))


def lay_roads(apps: Any, schema_editor: Any) -> None:
    """Insert the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    rows.bulk_create(rows.model(kind=KIND, source=source, target=target) for source, target in ROADS)
    for source, target, undoes in REOPENED:
        rows.create(kind=KIND, source=source, target=target, undoes=undoes)


def take_roads_away(apps: Any, schema_editor: Any) -> None:
    """Delete the rows."""
    rows = apps.get_model("casework", "TransitionRow").objects.using(schema_editor.connection.alias)
    for source, target in (*ROADS, *(row[:2] for row in REOPENED)):
        rows.filter(kind=KIND, source=source, target=target).delete()


class Migration(migrations.Migration):
    """Rows of `casework_transition`."""

    dependencies = [
        ("licensing", "0008_roads_of_a_contested_certificate"),
        ("casework", "0029_papers_signed_by_a_person"),
    ]

    operations = [migrations.RunPython(lay_roads, take_roads_away)]

"""Integrity reports: a sealed row beside the case, and the roads of `complaints/integrity/workflow.py` as they were then."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from services.foundation import roles

KIND = "INTEGRITY"
ROADS = (
    ("", "RECEIVED"),
    ("RECEIVED", "IN_EXAMINATION"),
    ("NOT_OURS", "IN_EXAMINATION"),
    ("IN_EXAMINATION", "NEEDS_DATA"),
    ("NEEDS_DATA", "IN_EXAMINATION"),
    ("RECEIVED", "NOT_OURS"),
    ("IN_EXAMINATION", "NOT_OURS"),
    ("IN_EXAMINATION", "SUBSTANTIATED"),
    ("IN_EXAMINATION", "UNSUBSTANTIATED"),
    ("RECEIVED", "ARCHIVED"),
    ("NOT_OURS", "ARCHIVED"),
    ("IN_EXAMINATION", "ARCHIVED"),
)
# An integrity report is confidential from its birth, and stays so.
GUARD = """
ALTER TABLE casework_case ADD CONSTRAINT integrity_report_is_always_confidential
    CHECK (kind <> 'INTEGRITY' OR (is_confidential AND applicant_id IS NULL AND helper_id IS NULL));
"""


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
    """One table, twelve roads, one guard."""

    dependencies = [
        ("casework", "0007_cases_of_a_kind_by_sending"),
        ("complaints", "0003_keys_of_programs"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="IntegrityReport",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="integrity_report",
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                ("told_sealed", models.BinaryField()),
                ("commission_alone", models.BooleanField()),
                ("may_be_handed_over", models.BooleanField(default=False)),
                ("contact_channel", models.CharField(blank=True, max_length=10)),
                ("contact_sealed", models.BinaryField(null=True)),
                ("language", models.CharField(max_length=2)),
                ("passphrase_hash", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact_channel", ""), ("contact_sealed__isnull", True)),
                            models.Q(
                                models.Q(("contact_channel", ""), _negated=True),
                                ("contact_sealed__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sealed_contact_of_integrity_has_its_channel",
                    )
                ],
            },
        ),
        roles.revoke("complaints_integrityreport", "DELETE", "TRUNCATE"),
        migrations.RunSQL(
            GUARD, "ALTER TABLE casework_case DROP CONSTRAINT integrity_report_is_always_confidential"
        ),
        migrations.RunPython(lay_roads, take_roads_away),
    ]

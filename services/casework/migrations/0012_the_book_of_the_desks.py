"""Who had a file on the desk, from when until when; and how often a case went back because nobody touched it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

LEFT = [
    ("DONE", "Worked on and passed on"),
    ("LAID_BACK", "Laid back into the queue"),
    ("UNTOUCHED", "Back into the queue, since nobody touched it"),
    ("HANDED_OVER", "Handed over by a supervisor"),
    ("AWAY", "Back into the queue, since the officer is away"),
    ("MOVED", "Moved on without the officer"),
]
#: What lies on a desk today was taken no later than when its status was reached, as far as this table knows.
ON_A_DESK = """
INSERT INTO casework_holding (case_id, officer_id, agency_id, hat, taken_at, left_by, overtook)
SELECT id, assignee_id, agency_id, '', status_at, '', 0
  FROM casework_case WHERE assignee_id IS NOT NULL AND closed_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0011_why_asked_of_a_head"),
        ("government", "0001_agencies_districts_and_holidays"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="case",
            name="left_untouched",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hat", models.CharField(max_length=20)),
                ("taken_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("left_by", models.CharField(blank=True, choices=LEFT, max_length=12)),
                ("in_time", models.BooleanField(blank=True, null=True)),
                ("overtook", models.PositiveSmallIntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="government.agency",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="casework.case",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("agency"), models.F("taken_at"), name="holding_by_taking"),
                    models.Index(models.F("agency"), models.F("left_at"), name="holding_by_leaving"),
                    models.Index(models.F("officer"), models.F("taken_at"), name="holding_of_an_officer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=("case",),
                        name="one_desk_has_the_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_at__isnull", True), ("left_by", "")),
                            models.Q(("left_at__isnull", False), models.Q(("left_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_file_that_left_the_desk_says_how",
                    ),
                ],
            },
        ),
        roles.revoke("casework_holding", "DELETE", "TRUNCATE"),
        migrations.RunSQL(ON_A_DESK, migrations.RunSQL.noop),
    ]

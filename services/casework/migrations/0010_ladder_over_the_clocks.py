"""The ladder over the office's clocks, and each rung that a case has passed: once for each clock, never changed after."""

import django.db.models.deletion
from django.db import migrations, models

from services.foundation import roles

TOLD = [
    ("OFFICER", "Whoever has the file"),
    ("SUPERVISOR", "Supervisor"),
    ("HEAD", "Head of the office"),
    ("HEAD_OF_GOVERNMENT", "Head of the government"),
    ("INSPECTORATE", "Inspectorate"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_reminders_before_a_case_ends"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="EscalationRung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.SlugField(blank=True, default="", max_length=60)),
                ("percent", models.PositiveSmallIntegerField()),
                ("tells", models.CharField(choices=TOLD, max_length=20)),
            ],
            options={
                "ordering": ("service", "percent"),
                "constraints": [
                    models.UniqueConstraint(fields=("service", "percent"), name="one_rung_a_percent"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 1), ("percent__lte", 1000)),
                        name="rung_stands_on_the_ladder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationHop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clock", models.CharField(max_length=30)),
                ("clock_started_at", models.DateTimeField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("tells", models.CharField(choices=TOLD, max_length=20)),
                ("reached_at", models.DateTimeField()),
                ("passed_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hops",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("tells"), models.F("case"), name="hop_by_whom_it_tells"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "clock", "clock_started_at", "percent"),
                        name="one_hop_a_rung_and_clock",
                    ),
                ],
            },
        ),
        roles.revoke("casework_escalationhop", "UPDATE", "DELETE", "TRUNCATE"),
    ]

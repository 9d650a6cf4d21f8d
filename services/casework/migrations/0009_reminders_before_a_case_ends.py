"""Before a silent case ends its applicant is reminded, each reminder once for a date; what was given is never changed."""

import django.db.models.deletion
from django.db import migrations, models

from services.foundation import roles


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_cases_of_any_kind_by_sending"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.PositiveSmallIntegerField()),
                ("ends_at", models.DateTimeField()),
                ("given_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "ends_at", "step"), name="one_reminder_a_date_and_step"
                    )
                ],
            },
        ),
        roles.revoke("casework_reminder", "UPDATE", "DELETE", "TRUNCATE"),
    ]

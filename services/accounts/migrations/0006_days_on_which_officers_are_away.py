"""Days on which an officer is away, declared by themselves or by a supervisor; kept, also where they ended early."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from services.foundation import roles

KINDS = [
    ("LEAVE", "Leave"),
    ("ILLNESS", "Sick leave"),
    ("TRAINING", "Training"),
    ("MISSION", "Duty elsewhere"),
    ("OTHER", "Another reason"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_views_that_a_person_keeps"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("first_date", models.DateField()),
                ("last_date", models.DateField()),
                ("declared_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(blank=True, null=True)),
                ("files", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        name="absence_ends_after_it_begins",
                        condition=Q(last_date__gte=F("first_date")),
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        name="whoever_ends_an_absence_is_named",
                        condition=Q(ended_at=None, ended_by=None)
                        | Q(ended_at__isnull=False, ended_by__isnull=False),
                    ),
                ],
                "indexes": [
                    models.Index(F("officer"), F("last_date"), name="absences_of_an_officer"),
                    models.Index(
                        F("first_date"),
                        name="absences_to_begin",
                        condition=Q(begun_at=None, ended_at=None),
                    ),
                ],
            },
        ),
        roles.revoke("accounts_absence", "DELETE", "TRUNCATE"),
    ]

"""The stays of cases, and the figures of each day drawn from them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Three tables of oversight's own; it reads all others."""

    initial = True

    dependencies = [
        ("casework", "0004_topics_messages_and_checks"),
        ("catalogue", "0003_licences_and_complaints"),
        ("government", "0001_agencies_districts_and_holidays"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refresh",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("as_of", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="figures_hold_up_to_one_moment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField()),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("IN", "Came in"),
                            ("OUT", "Went out"),
                            ("DAYS", "Settled, by working days"),
                            ("IN_TIME", "Settled in time"),
                            ("OVER_TIME", "Settled too late"),
                            ("RETURNED", "Returned"),
                            ("DEFECT", "Returned, by reason"),
                            ("WAITING", "Waiting"),
                            ("LATE", "Late"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=60)),
                ("value", models.PositiveIntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="government.agency"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "permissions": (
                    ("view_dashboard", "See the dashboard"),
                    ("view_register", "See the register"),
                ),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("date", "service", "agency", "measure", "key"),
                        name="one_figure_of_a_kind_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_version", models.PositiveIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("is_arrival", models.BooleanField()),
                ("holder", models.CharField(max_length=20)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("left_as", models.CharField(blank=True, max_length=30)),
                ("office_days", models.PositiveSmallIntegerField(null=True)),
                ("in_time", models.BooleanField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="government.agency"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["began_at", "id"], name="stays_by_beginning"),
                    models.Index(fields=["ended_at", "id"], name="stays_by_end"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["due_at", "id"],
                        name="open_stays",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="one_stay_after_another"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("began_at")),
                            _connector="OR",
                        ),
                        name="stay_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_as", ""), ("ended_at__isnull", False), _connector="OR"),
                        name="only_an_ended_stay_is_left",
                    ),
                ],
            },
        ),
    ]

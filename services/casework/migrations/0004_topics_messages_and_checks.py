"""What a case is about, whether it is confidential, its dialogue, and what the machine found."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles


class Migration(migrations.Migration):
    """Two columns, two tables; the dialogue is append-only for the web role."""

    dependencies = [
        ("accounts", "0002_memberships_are_kept"),
        ("casework", "0003_defects_mark_documents"),
        ("catalogue", "0003_licences_and_complaints"),
        ("government", "0001_agencies_districts_and_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("check_name", models.CharField(max_length=60)),
                (
                    "result",
                    models.CharField(
                        choices=[("PASSED", "Passed"), ("FAILED", "Failed"), ("UNKNOWN", "Not known")],
                        max_length=10,
                    ),
                ),
                ("details", models.JSONField(blank=True, default=dict)),
                ("checked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(choices=[("CITIZEN", "Citizen"), ("OFFICE", "Office")], max_length=10),
                ),
                ("words", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_has_an_applicant_once_sent",
        ),
        migrations.AddField(
            model_name="case",
            name="is_confidential",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="topic",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="case",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("GRANTED", "Granted"),
                    ("REFUSED", "Refused"),
                    ("WITHDRAWN", "Withdrawn"),
                    ("LAPSED", "Lapsed"),
                    ("SOLVED", "Solved"),
                    ("NOT_POSSIBLE", "Not possible"),
                    ("NOT_OURS", "Not our authority"),
                    ("DUPLICATE", "Reported before"),
                    ("ARCHIVED", "Archived"),
                    ("CLOSED", "Closed after silence"),
                    ("SUBSTANTIATED", "Found true"),
                    ("UNSUBSTANTIATED", "Not proved"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted_at__isnull", True),
                    ("applicant__isnull", False),
                    models.Q(("kind__in", ["PERMIT", "LICENCE"]), _negated=True),
                    _connector="OR",
                ),
                name="case_has_an_applicant_once_sent",
            ),
        ),
        migrations.AddField(
            model_name="checkresult",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="check_results", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="casework.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkresult",
            constraint=models.UniqueConstraint(
                fields=("case", "round", "check_name"), name="one_result_a_check_and_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("side", "OFFICE"), _negated=True), ("author__isnull", False), _connector="OR"
                ),
                name="message_of_the_office_has_an_author",
            ),
        ),
        roles.revoke("casework_message", "UPDATE", "DELETE", "TRUNCATE"),
    ]

"""Requests to the applicant as typed rows: for which review, what stood there before, what was answered, who released it."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef


def sort_what_was_asked(apps: Any, schema_editor: Any) -> None:
    """A paper that was in the file is asked for clearer; what an ended case still asked for is over with it."""
    alias = schema_editor.connection.alias
    rows = apps.get_model("casework", "ApplicantRequest").objects.using(alias)
    papers = apps.get_model("casework", "CaseDocument").objects.using(alias)
    there = papers.filter(case=OuterRef("case"), slot=OuterRef("key"), attached_at__lt=OuterRef("asked_at"))
    rows.filter(Exists(there), kind="DOCUMENT").update(kind="CLEARER")
    rows.filter(state="CANCELLED").update(state="WITHDRAWN")
    rows.filter(state="OPEN", case__closed_at__isnull=False, case__status="LAPSED").update(
        state="LAPSED", ended_at=F("due_at")
    )
    rows.filter(state="OPEN", case__closed_at__isnull=False).update(state="WITHDRAWN", ended_at=F("due_at"))


class Migration(migrations.Migration):
    """What a request is for, its answer, and its way."""

    dependencies = [
        ("casework", "0027_a_backlog_is_read_in_its_order"),
        ("documents", "0005_certificates_by_signing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="applicantrequest",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="is_beyond",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="reason",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="released_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="released_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="casework.review",
            ),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="times",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="value",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="applicantrequest",
            name="was",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="applicantrequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("DOCUMENT", "Another document"),
                    ("CLEARER", "A clearer document"),
                    ("CORRECTION", "Correction of an answer"),
                    ("FACT", "An extra fact"),
                    ("APPOINTMENT", "An appointment"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="applicantrequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("PROPOSED", "Waiting for a supervisor"),
                    ("DECLINED", "Not released"),
                    ("OPEN", "Waiting for the applicant"),
                    ("ANSWERED", "Answered"),
                    ("WITHDRAWN", "No longer needed"),
                    ("LAPSED", "Not answered in time"),
                ],
                default="OPEN",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="applicantrequest",
            index=models.Index(models.F("case"), condition=models.Q(("state", "OPEN")), name="request_open"),
        ),
        migrations.AddIndex(
            model_name="applicantrequest",
            index=models.Index(
                models.F("case"),
                models.F("asked_at"),
                condition=models.Q(("state", "PROPOSED")),
                name="request_proposed",
            ),
        ),
        migrations.AddIndex(
            model_name="applicantrequest",
            index=models.Index(
                models.F("asked_by"),
                models.F("asked_at"),
                condition=models.Q(("is_beyond", True)),
                name="request_beyond",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicantrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_beyond", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="request_beyond_the_standard_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicantrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", False), ("state", "ANSWERED")),
                    models.Q(models.Q(("state", "ANSWERED"), _negated=True), ("answered_at__isnull", True)),
                    _connector="OR",
                ),
                name="request_is_answered_at_a_moment",
            ),
        ),
        migrations.RunPython(sort_what_was_asked, migrations.RunPython.noop),
    ]

"""The tables of reports: categories and routes from the pack, the report, what the office said, and the unsent draft."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0004_topics_messages_and_checks"),
        ("documents", "0003_certificates_stay_as_they_are"),
        ("government", "0001_agencies_districts_and_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", models.JSONField(verbose_name="name")),
                ("group", models.SlugField(max_length=60, verbose_name="group")),
                ("group_name", models.JSONField(verbose_name="name of the group")),
                ("settlement", models.SlugField(max_length=60, verbose_name="time to settle it")),
                ("is_confidential", models.BooleanField(default=False, verbose_name="always confidential")),
                ("is_listed", models.BooleanField(default=True, verbose_name="offered now")),
                ("rank", models.PositiveSmallIntegerField(verbose_name="place in the list")),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, editable=False, size=None
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="government.agency",
                        verbose_name="agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "category of reports",
                "verbose_name_plural": "categories of reports",
                "ordering": ("rank", "code"),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="complaint",
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("PUBLIC", "Everybody"),
                            ("ANONYMOUS", "Everybody, without me"),
                            ("CONFIDENTIAL", "Only the office that receives it"),
                        ],
                        max_length=15,
                    ),
                ),
                ("shows_name", models.BooleanField(default=False)),
                ("words", models.TextField()),
                ("place", models.CharField(blank=True, max_length=300)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("is_outside", models.BooleanField(default=False)),
                ("contact_channel", models.CharField(blank=True, max_length=10)),
                ("contact_sealed", models.BinaryField(null=True)),
                ("language", models.CharField(max_length=2)),
                ("passphrase_hash", models.CharField(blank=True, max_length=200)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                ("first_answer_at", models.DateTimeField(blank=True, null=True)),
                ("head_due_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="complaints.category",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ComplaintsOffice",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("service", models.SlugField(max_length=60, verbose_name="public service")),
                ("danger", models.JSONField(default=dict, verbose_name="danger")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="government.agency",
                        verbose_name="agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaints office",
                "verbose_name_plural": "complaints office",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PLAN", "Plan"),
                            ("ANSWER", "Answer"),
                            ("NOT_POSSIBLE", "Why it is not possible"),
                            ("NOT_OURS", "Who is responsible"),
                        ],
                        max_length=15,
                    ),
                ),
                ("words", models.TextField()),
                ("planned_date", models.DateField(blank=True, null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="government.agency"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="complaints.complaint",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("answers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("sent_reference", models.CharField(blank=True, max_length=13)),
                ("passphrase_sealed", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["touched_at"], name="drafts_by_last_touch")],
            },
        ),
        migrations.CreateModel(
            name="DraftPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="complaints.reportdraft",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="government.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="complaints.category",
                        verbose_name="category of reports",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="government.district",
                        verbose_name="district",
                    ),
                ),
            ],
            options={
                "verbose_name": "route of reports",
                "verbose_name_plural": "routes of reports",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("case"), descending=True),
                condition=models.Q(("published_at__isnull", False)),
                name="published_reports",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                models.F("category"),
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("case"), descending=True),
                condition=models.Q(("published_at__isnull", False)),
                name="published_of_a_category",
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                models.F("head_due_at"),
                models.F("case"),
                condition=models.Q(("first_answer_at__isnull", True), ("head_due_at__isnull", False)),
                name="reports_without_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "CONFIDENTIAL"), _negated=True),
                    ("published_at__isnull", True),
                    _connector="OR",
                ),
                name="confidential_report_is_never_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("shows_name", False), ("visibility", "PUBLIC"), _connector="OR"),
                name="only_a_public_report_shows_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="a_point_has_both_numbers",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contact_channel", ""), ("contact_sealed__isnull", True)),
                    models.Q(
                        models.Q(("contact_channel", ""), _negated=True), ("contact_sealed__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="sealed_contact_has_its_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("escalated_at__isnull", True), ("reopened_at__isnull", False), _connector="OR"
                ),
                name="a_report_escalates_after_it_was_reopened",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintsoffice",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="there_is_one_complaints_office"
            ),
        ),
        migrations.AddConstraint(
            model_name="draftphoto",
            constraint=models.UniqueConstraint(
                fields=("draft", "position"), name="one_photo_at_each_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.UniqueConstraint(
                fields=("category", "district"), name="one_route_for_a_category_and_district"
            ),
        ),
    ]

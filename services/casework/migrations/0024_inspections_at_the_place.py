"""Appointments, notes from the place and minutes; whoever noted anything at an inspection does not decide, in the database too."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
-- Only whoever has the inspection on the desk notes anything, and only while it runs: what is noted later is no inspection.
CREATE FUNCTION casework_guard_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM casework_review
        WHERE id = NEW.review_id AND kind = 'INSPECTION' AND state = 'OPEN' AND assignee_id = NEW.noted_by_id
    ) THEN
        RAISE EXCEPTION 'review %: only its inspector notes, and while it is open', NEW.review_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_noted BEFORE INSERT ON casework_noted
    FOR EACH ROW EXECUTE FUNCTION casework_guard_noted();
ALTER TABLE casework_noted ENABLE ALWAYS TRIGGER casework_guard_noted;

-- What was noted and what was signed stays as it is, for everybody.
CREATE FUNCTION casework_keep_inspected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: what was seen stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER casework_keep_noted BEFORE UPDATE OR DELETE ON casework_noted
    FOR EACH ROW EXECUTE FUNCTION casework_keep_inspected();
ALTER TABLE casework_noted ENABLE ALWAYS TRIGGER casework_keep_noted;
CREATE TRIGGER casework_keep_minutes BEFORE UPDATE OR DELETE ON casework_minutes
    FOR EACH ROW EXECUTE FUNCTION casework_keep_inspected();
ALTER TABLE casework_minutes ENABLE ALWAYS TRIGGER casework_keep_minutes;

-- Whoever only began an inspection that another finished has inspected too.
CREATE FUNCTION casework_guard_inspected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_noted n JOIN casework_review r ON r.id = n.review_id
        WHERE r.case_id = NEW.id AND n.noted_by_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'case %: whoever inspected does not decide', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_inspected BEFORE UPDATE OF decided_by_id ON casework_case
    FOR EACH ROW WHEN (OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)
    EXECUTE FUNCTION casework_guard_inspected();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_inspected;

CREATE FUNCTION casework_guard_inspected_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_noted n JOIN casework_review r ON r.id = n.review_id
        WHERE r.case_id = NEW.case_id AND n.noted_by_id = NEW.answered_by_id
    ) THEN
        RAISE EXCEPTION 'objection %: whoever inspected does not answer', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_inspected_answer BEFORE UPDATE OF answered_by_id ON casework_objection
    FOR EACH ROW EXECUTE FUNCTION casework_guard_inspected_answer();
ALTER TABLE casework_objection ENABLE ALWAYS TRIGGER casework_guard_inspected_answer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0023_a_report_is_reopened_without_a_court"),
        ("documents", "0005_certificates_by_signing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                ("place", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("wish", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="casework.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))),
                        name="appointment_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_at__isnull", True), ("reason", ""), ("wish__isnull", True)),
                            models.Q(
                                ("asked_at__isnull", False),
                                ("wish__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="another_time_is_asked_for_with_a_day_and_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("asked_at__isnull", False)),
                        fields=("review",),
                        name="another_time_is_asked_for_once_a_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("APPLICANT", "The applicant"),
                            ("REPRESENTATIVE", "Somebody for the applicant"),
                            ("NOBODY", "Nobody"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("others", models.CharField(blank=True, max_length=500)),
                ("findings", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField()),
                ("code", models.CharField(max_length=20)),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="casework.review",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presence", "REPRESENTATIVE"), models.Q(("name", ""), _negated=True)),
                            models.Q(models.Q(("presence", "REPRESENTATIVE"), _negated=True), ("name", "")),
                            _connector="OR",
                        ),
                        name="whoever_stands_for_the_applicant_is_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Noted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("item", models.CharField(blank=True, max_length=60)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("YES", "Yes"), ("NO", "No"), ("NOT_APPLICABLE", "Not applicable")],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photo",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.sheet",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noted",
                        to="casework.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "note from the place",
                "verbose_name_plural": "notes from the place",
                "indexes": [models.Index(models.F("noted_by"), models.F("review"), name="noted_by_whom")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "key"), name="what_is_sent_twice_is_noted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("photo__isnull", True), models.Q(("item", ""), _negated=True)),
                            models.Q(("answer", ""), ("item", ""), ("photo__isnull", False)),
                            _connector="OR",
                        ),
                        name="noted_is_a_point_or_a_photo",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        roles.revoke("casework_noted", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("casework_minutes", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("casework_appointment", "DELETE", "TRUNCATE"),
    ]

"""One branch for each review that a service declares; in the database too, whoever reviewed does not decide."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
-- A review that is done stays as it is, and nobody reviews their own application or one that they helped to file.
CREATE FUNCTION casework_guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state IN ('DONE', 'CANCELLED') THEN
        RAISE EXCEPTION 'review %: what was found stays as it is', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM casework_case c LEFT JOIN accounts_person p ON p.id = c.applicant_id
        WHERE c.id = NEW.case_id
            AND (c.helper_id IN (NEW.assignee_id, NEW.reviewer_id) OR p.user_id IN (NEW.assignee_id, NEW.reviewer_id))
    ) THEN
        RAISE EXCEPTION 'review %: nobody reviews their own application', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_review BEFORE INSERT OR UPDATE ON casework_review
    FOR EACH ROW EXECUTE FUNCTION casework_guard_review();
ALTER TABLE casework_review ENABLE ALWAYS TRIGGER casework_guard_review;

-- Nothing is recommended before every review is done, and whoever reviewed neither decides nor answers an objection.
CREATE FUNCTION casework_guard_reviewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'READY_FOR_DECISION' AND EXISTS (
        SELECT 1 FROM casework_review WHERE case_id = NEW.id AND state IN ('OPEN', 'WAITING')
    ) THEN
        RAISE EXCEPTION 'case %: a review is not done', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM casework_review WHERE case_id = NEW.id AND reviewer_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'case %: whoever reviewed does not decide', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_reviewed BEFORE UPDATE OF status, decided_by_id ON casework_case
    FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)
    EXECUTE FUNCTION casework_guard_reviewed();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_reviewed;

CREATE FUNCTION casework_guard_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_review WHERE case_id = NEW.case_id AND reviewer_id = NEW.answered_by_id
    ) THEN
        RAISE EXCEPTION 'objection %: whoever reviewed does not answer', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_answer BEFORE UPDATE OF answered_by_id ON casework_objection
    FOR EACH ROW EXECUTE FUNCTION casework_guard_answer();
ALTER TABLE casework_objection ENABLE ALWAYS TRIGGER casework_guard_answer;
"""

UNDO = """
DROP TRIGGER casework_guard_answer ON casework_objection;
DROP FUNCTION casework_guard_answer();
DROP TRIGGER casework_guard_reviewed ON casework_case;
DROP FUNCTION casework_guard_reviewed();
DROP TRIGGER casework_guard_review ON casework_review;
DROP FUNCTION casework_guard_review();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0014_the_step_by_which_a_file_left"),
        ("foundation", "0001_roles"),
        ("government", "0001_agencies_districts_and_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("REVIEW", "Review of the file"), ("INSPECTION", "Inspection at the place")],
                        default="REVIEW",
                        max_length=10,
                    ),
                ),
                ("hat", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "Being reviewed"),
                            ("WAITING", "Waiting for the applicant"),
                            ("DONE", "Done"),
                            ("CANCELLED", "No longer needed"),
                        ],
                        default="OPEN",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("place_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("answers", models.JSONField(blank=True, default=dict)),
                (
                    "found",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("findings", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("FAVOURABLE", "In favour"),
                            ("CONDITIONAL", "In favour, under conditions"),
                            ("UNFAVOURABLE", "Against"),
                        ],
                        max_length=20,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
            },
        ),
        migrations.RemoveConstraint(
            model_name="holding",
            name="one_desk_has_the_file",
        ),
        migrations.AddField(
            model_name="review",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="government.agency"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="holding",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holdings",
                to="casework.review",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True), ("review__isnull", True)),
                fields=("case",),
                name="one_desk_has_the_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True), ("review__isnull", False)),
                fields=("review",),
                name="one_desk_has_the_review",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                models.F("agency"),
                models.F("hat"),
                models.F("place_at"),
                models.F("opened_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["OPEN", "WAITING"])),
                name="review_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                models.F("assignee"),
                models.F("place_at"),
                condition=models.Q(("state__in", ["OPEN", "WAITING"])),
                name="review_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                models.F("reviewer"),
                models.F("case"),
                condition=models.Q(("reviewer__isnull", False)),
                name="review_by_reviewer",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("case", "key"), name="one_branch_a_review_of_a_case"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("assignee__isnull", True),
                        ("done_at__isnull", False),
                        ("reviewer__isnull", False),
                        ("state", "DONE"),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "DONE"), _negated=True),
                        ("outcome", ""),
                        ("reviewer__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="review_is_done_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_at__isnull", False), ("state", "WAITING")),
                    models.Q(models.Q(("state", "WAITING"), _negated=True), ("paused_at__isnull", True)),
                    _connector="OR",
                ),
                name="review_waits_since_a_moment",
            ),
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
        roles.revoke("casework_review", "DELETE", "TRUNCATE"),
    ]

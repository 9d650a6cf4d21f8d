"""Objections to decisions, and in the database too: whoever had a hand in the decision does not answer, and none is left unanswered."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
-- An objection is answered once, by somebody who had no hand in the decision and is no party; what was written stays.
CREATE FUNCTION casework_guard_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.answered_at IS NOT NULL
        OR (NEW.case_id, NEW.decision_by_id, NEW.decision_at, NEW.words, NEW.objected_by_id, NEW.objected_at)
            IS DISTINCT FROM
            (OLD.case_id, OLD.decision_by_id, OLD.decision_at, OLD.words, OLD.objected_by_id, OLD.objected_at)
    ) THEN
        RAISE EXCEPTION 'objection %: what was written stays as it is', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.answered_by_id IS NOT NULL AND (
        EXISTS (
            SELECT 1 FROM casework_case c LEFT JOIN accounts_person p ON p.id = c.applicant_id
            WHERE c.id = NEW.case_id AND NEW.answered_by_id IN (
                c.recommended_by_id, c.late_defects_allowed_by_id, c.helper_id, p.user_id, NEW.decision_by_id
            )
        )
        OR EXISTS (
            SELECT 1 FROM casework_applicantrequest
            WHERE case_id = NEW.case_id AND asked_by_id = NEW.answered_by_id
        )
        OR EXISTS (
            SELECT 1 FROM casework_defect WHERE case_id = NEW.case_id AND found_by_id = NEW.answered_by_id
        )
    ) THEN
        RAISE EXCEPTION 'objection %: whoever had a hand in the decision does not answer', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_objection BEFORE INSERT OR UPDATE ON casework_objection
    FOR EACH ROW EXECUTE FUNCTION casework_guard_objection();
ALTER TABLE casework_objection ENABLE ALWAYS TRIGGER casework_guard_objection;

-- At the commit: a case is objected to with its objection, and leaves that only with the answer of the same moment.
CREATE FUNCTION casework_require_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'OBJECTION' AND NOT EXISTS (
        SELECT 1 FROM casework_objection WHERE case_id = NEW.id AND objected_at = NEW.status_at
    ) THEN
        RAISE EXCEPTION 'case %: nobody objected', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status = 'OBJECTION' AND NOT EXISTS (
        SELECT 1 FROM casework_objection
        WHERE case_id = NEW.id AND answered_at = NEW.status_at
            AND (NEW.status <> 'GRANTED' OR (result = 'REPLACED' AND answered_by_id = NEW.decided_by_id))
    ) THEN
        RAISE EXCEPTION 'case %: the objection is not answered', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_require_answer AFTER UPDATE ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND (OLD.status = 'OBJECTION' OR NEW.status = 'OBJECTION'))
    EXECUTE FUNCTION casework_require_answer();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_answer;
"""

UNDO = """
DROP TRIGGER casework_require_answer ON casework_case;
DROP FUNCTION casework_require_answer();
DROP TRIGGER casework_guard_objection ON casework_objection;
DROP FUNCTION casework_guard_objection();
"""


def person(**more: Any) -> Any:
    """A column that names somebody."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0012_the_book_of_the_desks"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decision_at", models.DateTimeField()),
                ("words", models.TextField()),
                ("objected_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CONFIRMED", "The decision stands"),
                            ("REPLACED", "Another decision takes its place"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", person(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="casework.case",
                    ),
                ),
                ("decision_by", person()),
                ("objected_by", person()),
            ],
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                fields=("case", "decision_at"), name="one_objection_to_a_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_by__isnull", True))
                | (
                    models.Q(("answered_by", models.F("decision_by")), _negated=True)
                    & models.Q(("answered_by", models.F("objected_by")), _negated=True)
                ),
                name="objection_is_answered_by_another",
                violation_error_message="Whoever decided does not answer the objection.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True, answered_by__isnull=True, result="")
                | (
                    ~models.Q(result="")
                    & ~models.Q(answer="")
                    & models.Q(answered_at__gte=models.F("objected_at"), answered_by__isnull=False)
                ),
                name="objection_answer_is_whole",
            ),
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
        roles.revoke("casework_objection", "DELETE", "TRUNCATE"),
    ]

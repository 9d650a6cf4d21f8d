"""Rulings of courts: entered by one person, confirmed by another; and what a case may do only with one."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
-- What was entered stays as it is, is confirmed or sent back once, and by no party of the case.
CREATE FUNCTION casework_guard_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.state <> 'ENTERED'
        OR (NEW.case_id, NEW.kind, NEW.court, NEW.number, NEW.ruled_on, NEW.document_id, NEW.decision_by_id,
            NEW.decision_at, NEW.entered_by_id, NEW.entered_at)
            IS DISTINCT FROM
           (OLD.case_id, OLD.kind, OLD.court, OLD.number, OLD.ruled_on, OLD.document_id, OLD.decision_by_id,
            OLD.decision_at, OLD.entered_by_id, OLD.entered_at)
    ) THEN
        RAISE EXCEPTION 'ruling %: what was entered stays as it is', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM casework_case c LEFT JOIN accounts_person p ON p.id = c.applicant_id
        WHERE c.id = NEW.case_id
            AND (c.helper_id IN (NEW.entered_by_id, NEW.checked_by_id) OR p.user_id IN (NEW.entered_by_id, NEW.checked_by_id))
    ) THEN
        RAISE EXCEPTION 'ruling %: no party of the case enters or confirms it', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_ruling BEFORE INSERT OR UPDATE ON casework_ruling
    FOR EACH ROW EXECUTE FUNCTION casework_guard_ruling();
ALTER TABLE casework_ruling ENABLE ALWAYS TRIGGER casework_guard_ruling;

-- At the commit: a case is stayed, annulled or opened again only with a ruling confirmed in that moment, or by taking back
-- the decision that followed one.
CREATE FUNCTION casework_require_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'REOPENED' AND NEW.undo_until IS NULL AND OLD.undo -> 'before' ->> 'status' = 'REOPENED' THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM casework_ruling
        WHERE case_id = NEW.id AND state = 'CONFIRMED' AND checked_at = NEW.status_at
            AND kind = CASE WHEN NEW.status = 'STAYED' THEN 'STAY' WHEN NEW.status = 'ISSUED' THEN 'STAY_ENDED'
                ELSE 'ANNULMENT' END
    ) THEN
        RAISE EXCEPTION 'case %: no court has ruled that', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_require_ruling AFTER UPDATE ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND (OLD.status = 'STAYED' OR NEW.status IN ('STAYED', 'ANNULLED', 'REOPENED')))
    EXECUTE FUNCTION casework_require_ruling();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_ruling;

-- Whoever took the annulled decision, or answered the objection to it, does not decide anew.
CREATE FUNCTION casework_guard_new_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_ruling
        WHERE case_id = NEW.id AND kind = 'ANNULMENT' AND state = 'CONFIRMED' AND decision_by_id = NEW.decided_by_id
    ) OR EXISTS (
        SELECT 1 FROM casework_objection
        WHERE case_id = NEW.id AND answered_by_id = NEW.decided_by_id AND answered_at < NEW.reopened_at
    ) THEN
        RAISE EXCEPTION 'case %: somebody else decides anew', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_new_decision BEFORE UPDATE OF decided_by_id ON casework_case
    FOR EACH ROW WHEN (NEW.reopened_at IS NOT NULL AND NEW.decided_by_id IS NOT NULL
        AND OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)
    EXECUTE FUNCTION casework_guard_new_decision();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_new_decision;
"""

UNDO = """
DROP TRIGGER casework_guard_new_decision ON casework_case;
DROP FUNCTION casework_guard_new_decision();
DROP TRIGGER casework_require_ruling ON casework_case;
DROP FUNCTION casework_require_ruling();
DROP TRIGGER casework_guard_ruling ON casework_ruling;
DROP FUNCTION casework_guard_ruling();
"""


class Migration(migrations.Migration):
    """One table, one column of the case, three triggers."""

    dependencies = [
        ("casework", "0021_a_person_is_asked_for"),
        ("documents", "0006_certificates_name_the_ruling"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="case",
            name="reopened_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Ruling",
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
                            ("STAY", "The decision is stayed"),
                            ("STAY_ENDED", "The stay has ended"),
                            ("ANNULMENT", "The decision is annulled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("court", models.CharField(max_length=120)),
                ("number", models.CharField(max_length=80)),
                ("ruled_on", models.DateField()),
                ("decision_at", models.DateTimeField()),
                ("entered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ENTERED", "Waits for a second person"),
                            ("CONFIRMED", "Confirmed"),
                            ("SENT_BACK", "Sent back"),
                        ],
                        default="ENTERED",
                        max_length=10,
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="casework.case",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ruling of a court",
                "verbose_name_plural": "rulings of courts",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("entered_at"), descending=True), name="rulings_by_entry"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ENTERED")),
                        fields=("case",),
                        name="one_open_ruling_a_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "SENT_BACK"), _negated=True),
                        fields=("case", "kind", "number"),
                        name="a_ruling_is_entered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="ruling_is_confirmed_by_another",
                        violation_error_message="A second person confirms what you entered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at__isnull", True),
                                ("checked_by__isnull", True),
                                ("state", "ENTERED"),
                                ("words", ""),
                            ),
                            models.Q(
                                ("checked_at__gte", models.F("entered_at")),
                                ("checked_by__isnull", False),
                                ("state", "CONFIRMED"),
                                ("words", ""),
                            ),
                            models.Q(
                                ("checked_at__gte", models.F("entered_at")),
                                ("checked_by__isnull", False),
                                ("state", "SENT_BACK"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ruling_check_is_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
        roles.revoke("casework_ruling", "DELETE", "TRUNCATE"),
    ]

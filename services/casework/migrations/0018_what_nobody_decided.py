"""Dates that passed with nobody deciding; a decision without a signatory is the machine's, or the law's with its evidence."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from services.foundation import roles

TRIGGER = """
-- At the commit: a decision without a signatory has the event of the machine with its checks, or that of the law with
-- the evidence of the clock. The machine decides in the moment in which a file is complete, the law later.
CREATE OR REPLACE FUNCTION casework_require_decider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM audit_event
        WHERE subject_kind = 'case' AND subject_key = NEW.reference AND at = NEW.decided_at
            AND action LIKE '%.granted\\_by\\_law' AND actor_kind = 'SYSTEM'
    ) THEN
        IF NOT EXISTS (
            SELECT 1 FROM casework_expiry
            WHERE case_id = NEW.id AND mode = 'AUTO_ISSUE' AND noted_at = NEW.decided_at AND due_at = NEW.due_at
        ) THEN
            RAISE EXCEPTION 'case %: not granted by the law, whose clock nothing proves', NEW.reference
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM audit_event
        WHERE subject_kind = 'case' AND subject_key = NEW.reference AND at = NEW.decided_at
            AND action LIKE '%.granted\\_by\\_machine' AND actor_kind = 'SYSTEM'
    ) THEN
        RAISE EXCEPTION 'case %: decided by nobody, and not by the machine', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM casework_checkresult WHERE case_id = NEW.id AND round = NEW.rounds)
        OR EXISTS (
            SELECT 1 FROM casework_checkresult WHERE case_id = NEW.id AND round = NEW.rounds AND result <> 'PASSED'
        ) THEN
        RAISE EXCEPTION 'case %: the machine decides only when every check has passed', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """One table, written once; the function of a trigger that stands already. Forward only."""

    dependencies = [
        ("casework", "0017_second_looks_at_the_machine"),
        ("audit", "0001_append_only_record"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Expiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("FLAG_ONLY", "Told to the inspectorate"),
                            ("AUTO_ISSUE", "Granted by operation of law"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("evidence", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expiries",
                        to="casework.case",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="expiry",
            constraint=models.UniqueConstraint(fields=["case", "due_at"], name="one_expiry_of_a_date"),
        ),
        migrations.AddConstraint(
            model_name="expiry",
            constraint=models.UniqueConstraint(
                condition=Q(("mode", "AUTO_ISSUE")), fields=["case"], name="one_grant_by_law_of_a_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="expiry",
            constraint=models.CheckConstraint(
                condition=Q(("noted_at__gt", F("due_at"))), name="expiry_is_noted_after_the_date"
            ),
        ),
        migrations.RunSQL(TRIGGER, migrations.RunSQL.noop),
        roles.revoke("casework_expiry", "UPDATE", "DELETE", "TRUNCATE"),
    ]

"""A decision without a signatory is the machine's: only a grant, only with its event, only when every check has passed."""

from django.db import migrations, models

from services.foundation import roles

TRIGGER = """
-- At the commit: a decision without a signatory has the event of the machine, and its checks, each of which has passed.
CREATE FUNCTION casework_require_decider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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

CREATE CONSTRAINT TRIGGER casework_require_decider AFTER INSERT OR UPDATE ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.decided_at IS NOT NULL AND NEW.decided_by_id IS NULL)
    EXECUTE FUNCTION casework_require_decider();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_decider;
"""

UNDO = """
DROP TRIGGER casework_require_decider ON casework_case;
DROP FUNCTION casework_require_decider();
"""


class Migration(migrations.Migration):
    """Two constraints, one trigger; what a check found is never changed by the web role."""

    dependencies = [
        ("casework", "0004_topics_messages_and_checks"),
        ("audit", "0001_append_only_record"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "REFUSED"), _negated=True)
                | models.Q(("decided_by__isnull", False)),
                name="case_the_machine_never_refuses",
                violation_error_message="A refusal has a signatory.",
            ),
        ),
        migrations.RunSQL(TRIGGER, UNDO),
        roles.revoke("casework_checkresult", "UPDATE", "DELETE", "TRUNCATE"),
    ]

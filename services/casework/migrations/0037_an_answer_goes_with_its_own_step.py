"""The answer to an objection is taken away only with the step by which it was given, which the guards of its case let back in time."""

from django.db import migrations

GUARD = """
-- Asked when the transaction ends: whoever takes the answer away has taken the case back to where the objection waits.
CREATE FUNCTION casework_require_case_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM casework_objection WHERE id = NEW.id AND answered_at IS NULL) AND NOT EXISTS (
        SELECT 1 FROM casework_case WHERE id = NEW.case_id AND status IN ('OBJECTION', 'CONTESTED')
    ) THEN
        RAISE EXCEPTION 'objection %: what was answered stands while its case does', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER casework_answer_goes_with_its_step AFTER UPDATE ON casework_objection
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL AND NEW.answered_at IS NULL)
    EXECUTE FUNCTION casework_require_case_taken_back();
"""

BEFORE = """
DROP TRIGGER casework_answer_goes_with_its_step ON casework_objection;
DROP FUNCTION casework_require_case_taken_back();
"""


class Migration(migrations.Migration):
    """One function, and the trigger that asks it."""

    dependencies = [("casework", "0036_an_answer_can_be_undone")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, BEFORE),
    ]

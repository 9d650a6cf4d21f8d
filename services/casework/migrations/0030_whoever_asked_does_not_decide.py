"""In the database too: whoever asked the applicant, or let a second request out, does not decide that case."""

from django.db import migrations

TRIGGER = """
-- Who asks works towards the decision, as who reviews or inspects does.
CREATE FUNCTION casework_guard_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_applicantrequest
        WHERE case_id = NEW.id AND NEW.decided_by_id IN (asked_by_id, released_by_id)
    ) THEN
        RAISE EXCEPTION 'case %: whoever asked the applicant does not decide', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_asked BEFORE UPDATE OF decided_by_id ON casework_case
    FOR EACH ROW WHEN (NEW.decided_by_id IS NOT NULL AND OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)
    EXECUTE FUNCTION casework_guard_asked();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_asked;
"""

UNDO = """
DROP TRIGGER casework_guard_asked ON casework_case;
DROP FUNCTION casework_guard_asked();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0029_papers_signed_by_a_person")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, UNDO),
    ]

"""The database too keeps officers out of cases that they stepped back from, or whose applicant stands in their register.

Only what is newly written is looked at, so that whoever steps back later does not stop the case. Lines of the register with
an end are the program's (SQL is given no clock); those without are kept here as well.
"""

from django.db import migrations

KEEP_OUT = """
CREATE FUNCTION casework_keep_conflicts_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newly bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        newly := ARRAY[NEW.assignee_id, NEW.recommended_by_id, NEW.decided_by_id];
    ELSE
        IF NEW.assignee_id IS DISTINCT FROM OLD.assignee_id THEN newly := newly || NEW.assignee_id; END IF;
        IF NEW.recommended_by_id IS DISTINCT FROM OLD.recommended_by_id THEN newly := newly || NEW.recommended_by_id; END IF;
        IF NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id THEN newly := newly || NEW.decided_by_id; END IF;
    END IF;
    newly := array_remove(newly, NULL);
    IF cardinality(newly) = 0 THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM integrity_recusal WHERE reference = NEW.reference AND user_id = ANY (newly)) THEN
        RAISE EXCEPTION 'case %: nobody handles a case from which they stepped back', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT 1
        FROM accounts_person applicant
        LEFT JOIN accounts_user login ON login.id = applicant.user_id
        JOIN integrity_interest declared ON declared.user_id = ANY (newly) AND declared.valid_until IS NULL
        WHERE applicant.id = NEW.applicant_id
            AND (
                declared.nik_index = applicant.nik_index
                OR (declared.phone <> '' AND declared.phone IN (applicant.phone, login.phone))
            )
    ) OR EXISTS (
        SELECT 1
        FROM accounts_person applicant
        JOIN accounts_person own ON own.nik_index = applicant.nik_index AND own.is_own
        WHERE applicant.id = NEW.applicant_id AND own.user_id = ANY (newly)
    ) THEN
        RAISE EXCEPTION 'case %: nobody handles a case in which they have a conflict of interest', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_keep_conflicts_out
    BEFORE INSERT OR UPDATE OF assignee_id, recommended_by_id, decided_by_id ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_keep_conflicts_out();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_keep_conflicts_out;
"""
UNDO = """
DROP TRIGGER casework_keep_conflicts_out ON casework_case;
DROP FUNCTION casework_keep_conflicts_out();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0009_reminders_before_a_case_ends"),
        ("integrity", "0004_declared_interests"),
        ("accounts", "0001_users_persons_and_memberships"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_OUT, UNDO),
    ]

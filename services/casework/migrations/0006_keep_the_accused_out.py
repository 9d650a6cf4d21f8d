"""The database too keeps those out of a case who are excluded from it, whatever the program asks."""

from django.db import migrations

PARTIES_AND_EXCLUDED = """
CREATE OR REPLACE FUNCTION casework_keep_parties_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_person
        WHERE id = NEW.applicant_id AND user_id IN (NEW.assignee_id, NEW.recommended_by_id, NEW.decided_by_id)
    ) THEN
        RAISE EXCEPTION 'case %: nobody handles their own application', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.is_confidential AND EXISTS (
        SELECT 1 FROM integrity_exclusion
        WHERE reference = NEW.reference AND user_id = NEW.assignee_id
    ) THEN
        RAISE EXCEPTION 'case %: nobody handles a case from which they are excluded', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
PARTIES_ALONE = """
CREATE OR REPLACE FUNCTION casework_keep_parties_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_person
        WHERE id = NEW.applicant_id AND user_id IN (NEW.assignee_id, NEW.recommended_by_id, NEW.decided_by_id)
    ) THEN
        RAISE EXCEPTION 'case %: nobody handles their own application', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """The function alone: its trigger stands since 0002."""

    dependencies = [
        ("casework", "0005_what_the_machine_decides"),
        ("integrity", "0002_who_is_kept_away"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(PARTIES_AND_EXCLUDED, PARTIES_ALONE),
    ]

"""Guard the status in the database itself: only known roads, never without an event, nobody in their own matter.

Plain SQL, every trigger ENABLE ALWAYS, so that neither `queryset.update` nor raw SQL nor a session setting walks past.
"""

from django.db import migrations

from services.foundation import roles

FUNCTIONS = """
-- A status changes only along a road of casework_transition, and each change raises the version by one.
CREATE FUNCTION casework_guard_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    origin text := '';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.reference <> OLD.reference OR NEW.kind <> OLD.kind
            OR NEW.service_version_id <> OLD.service_version_id THEN
            RAISE EXCEPTION 'a case keeps its reference, its kind and its version of the service'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.status = OLD.status AND NEW.row_version = OLD.row_version THEN
            RETURN NEW;
        END IF;
        IF NEW.row_version <> OLD.row_version + 1 THEN
            RAISE EXCEPTION 'case %: version % does not follow %', NEW.reference, NEW.row_version, OLD.row_version
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.status = OLD.status THEN
            RETURN NEW;
        END IF;
        origin := OLD.status;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM casework_transition
        WHERE kind = NEW.kind AND source = origin AND target = NEW.status
    ) THEN
        RAISE EXCEPTION 'case %: no road from "%" to "%" for %', NEW.reference, origin, NEW.status, NEW.kind
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- At the commit: a changed status has its event, written in the same transaction for the same case and version.
CREATE FUNCTION casework_require_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.status = OLD.status THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM audit_event
        WHERE subject_kind = 'case' AND subject_key = NEW.reference AND at = NEW.status_at
            AND case_version = NEW.row_version AND xact = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'case %: the status became "%" without an event in the record', NEW.reference, NEW.status
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- Nobody handles the matter of a person whose login they are; the helper is kept out by a CHECK.
CREATE FUNCTION casework_keep_parties_out() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- A case that was sent is never deleted, and no case table is emptied.
CREATE FUNCTION casework_refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'cases are not deleted: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""

TRIGGERS = """
CREATE TRIGGER casework_guard_status BEFORE INSERT OR UPDATE ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_guard_status();
CREATE CONSTRAINT TRIGGER casework_require_event AFTER INSERT OR UPDATE ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_require_event();
CREATE TRIGGER casework_keep_parties_out
    BEFORE INSERT OR UPDATE OF applicant_id, assignee_id, recommended_by_id, decided_by_id ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_keep_parties_out();
CREATE TRIGGER casework_refuse_deletion BEFORE DELETE ON casework_case
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_deletion();
CREATE TRIGGER casework_refuse_truncate BEFORE TRUNCATE ON casework_case
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_deletion();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_status;
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_event;
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_keep_parties_out;
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_refuse_deletion;
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_refuse_truncate;
"""

UNDO = """
DROP TRIGGER casework_refuse_truncate ON casework_case;
DROP TRIGGER casework_refuse_deletion ON casework_case;
DROP TRIGGER casework_keep_parties_out ON casework_case;
DROP TRIGGER casework_require_event ON casework_case;
DROP TRIGGER casework_guard_status ON casework_case;
DROP FUNCTION casework_refuse_deletion();
DROP FUNCTION casework_keep_parties_out();
DROP FUNCTION casework_require_event();
DROP FUNCTION casework_guard_status();
"""


class Migration(migrations.Migration):
    """Triggers on the case; the web role may only read the table of roads."""

    dependencies = [
        ("casework", "0001_cases_and_what_hangs_on_them"),
        ("audit", "0001_append_only_record"),
        ("accounts", "0001_users_persons_and_memberships"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO),
        roles.revoke("casework_transition", "INSERT", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("casework_case", "DELETE", "TRUNCATE"),
    ]

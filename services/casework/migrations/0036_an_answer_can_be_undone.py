"""The answer to an objection can be taken back for a while, and in the database too: in time, by a step of its own."""

from django.db import migrations

GUARDS = """
-- Whether a case goes back to the objection that was answered a moment ago, in time, and with the answer taken away.
CREATE FUNCTION casework_answer_is_undone(before casework_case, after casework_case) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        before.undo_until > after.status_at
        AND after.undo_until IS NULL
        AND before.undo -> 'before' ->> 'status' = after.status
        AND (before.undo ->> 'version')::integer = before.row_version
        AND EXISTS (SELECT 1 FROM casework_objection WHERE case_id = after.id AND answered_at IS NULL),
        false
    )
$$;

CREATE OR REPLACE FUNCTION casework_guard_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        (OLD.answered_at IS NOT NULL AND NOT (NEW.answered_at IS NULL AND EXISTS (
            SELECT 1 FROM casework_case
            WHERE id = OLD.case_id AND status_at = OLD.answered_at AND undo_until > OLD.answered_at
                AND (undo ->> 'version')::integer = row_version AND (undo ->> 'by')::bigint = OLD.answered_by_id
        )))
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
            WHERE c.id = NEW.case_id AND (
                NEW.answered_by_id IN (c.helper_id, p.user_id, NEW.decision_by_id, c.signed_by_id)
                OR (c.decided_by_id = NEW.answered_by_id AND c.decided_at < NEW.answered_at)
            )
        )
        OR casework_has_worked_on(NEW.case_id, NEW.answered_by_id)
        OR casework_was_annulled(NEW.case_id, NEW.answered_by_id)
    ) THEN
        RAISE EXCEPTION 'objection %: whoever had a hand in the decision does not answer', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION casework_require_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'OBJECTION' AND NOT casework_answer_is_undone(OLD, NEW) AND NOT EXISTS (
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

CREATE OR REPLACE FUNCTION casework_require_fitting_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'CONTESTED' AND NOT casework_answer_is_undone(OLD, NEW) AND NOT EXISTS (
        SELECT 1 FROM casework_objection
        WHERE case_id = NEW.id AND objected_at = NEW.status_at AND about <> 'REFUSAL'
    ) THEN
        RAISE EXCEPTION 'case %: nobody objected', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status IN ('OBJECTION', 'CONTESTED') AND NOT EXISTS (
        SELECT 1 FROM casework_objection
        WHERE case_id = NEW.id AND answered_at = NEW.status_at
            AND (about = 'REFUSAL') = (OLD.status = 'OBJECTION')
            AND (OLD.status = 'OBJECTION' OR (result = 'REPLACED' AND about <> 'SUSPENSION') = (NEW.status = 'GRANTED'))
    ) THEN
        RAISE EXCEPTION 'case %: the objection is not answered', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION casework_guard_objection() RETURNS trigger LANGUAGE plpgsql AS $$
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
            WHERE c.id = NEW.case_id AND (
                NEW.answered_by_id IN (c.helper_id, p.user_id, NEW.decision_by_id, c.signed_by_id)
                OR (c.decided_by_id = NEW.answered_by_id AND c.decided_at < NEW.answered_at)
            )
        )
        OR casework_has_worked_on(NEW.case_id, NEW.answered_by_id)
        OR casework_was_annulled(NEW.case_id, NEW.answered_by_id)
    ) THEN
        RAISE EXCEPTION 'objection %: whoever had a hand in the decision does not answer', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION casework_require_answer() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION casework_require_fitting_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'CONTESTED' AND NOT EXISTS (
        SELECT 1 FROM casework_objection
        WHERE case_id = NEW.id AND objected_at = NEW.status_at AND about <> 'REFUSAL'
    ) THEN
        RAISE EXCEPTION 'case %: nobody objected', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status IN ('OBJECTION', 'CONTESTED') AND NOT EXISTS (
        SELECT 1 FROM casework_objection
        WHERE case_id = NEW.id AND answered_at = NEW.status_at
            AND (about = 'REFUSAL') = (OLD.status = 'OBJECTION')
            AND (OLD.status = 'OBJECTION' OR (result = 'REPLACED' AND about <> 'SUSPENSION') = (NEW.status = 'GRANTED'))
    ) THEN
        RAISE EXCEPTION 'case %: the objection is not answered', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

DROP FUNCTION casework_answer_is_undone(casework_case, casework_case);
"""


class Migration(migrations.Migration):
    """Three functions of triggers, and one that two of them ask."""

    dependencies = [("casework", "0035_hands_as_the_policy_says")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, BEFORE),
    ]

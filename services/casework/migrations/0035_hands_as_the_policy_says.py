"""In the database too: who had a hand in a case is asked in one place, and keeps from its signature and from the answer to an objection."""

from django.db import migrations

HANDS = """
-- As `hands.prepared_by`: who reviewed, noted anything at an inspection, asked the applicant, or let them be asked again.
CREATE OR REPLACE FUNCTION casework_has_prepared(case_key bigint, user_key bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT EXISTS (SELECT 1 FROM casework_review WHERE case_id = case_key AND reviewer_id = user_key)
        OR EXISTS (
            SELECT 1 FROM casework_noted n JOIN casework_review r ON r.id = n.review_id
            WHERE r.case_id = case_key AND n.noted_by_id = user_key
        )
        OR EXISTS (
            SELECT 1 FROM casework_applicantrequest
            WHERE case_id = case_key AND user_key IN (asked_by_id, released_by_id)
        )
$$;
-- As `hands.worked_on`: all that comes before a decision.
CREATE OR REPLACE FUNCTION casework_has_worked_on(case_key bigint, user_key bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT casework_has_prepared(case_key, user_key)
        OR EXISTS (SELECT 1 FROM casework_defect WHERE case_id = case_key AND found_by_id = user_key)
        OR EXISTS (
            SELECT 1 FROM casework_case
            WHERE id = case_key AND user_key IN (recommended_by_id, late_defects_allowed_by_id)
        )
$$;
-- As `hands.annulled`: whose decision, or answer, a court has annulled here.
CREATE OR REPLACE FUNCTION casework_was_annulled(case_key bigint, user_key bigint) RETURNS boolean LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT 1 FROM casework_case c
        WHERE c.id = case_key AND c.reopened_at IS NOT NULL AND (
            EXISTS (
                SELECT 1 FROM casework_ruling
                WHERE case_id = c.id AND kind = 'ANNULMENT' AND state = 'CONFIRMED' AND decision_by_id = user_key
            )
            OR EXISTS (
                SELECT 1 FROM casework_objection
                WHERE case_id = c.id AND answered_by_id = user_key AND answered_at < c.reopened_at
            )
        )
    )
$$;
"""

TRIGGERS = """
CREATE OR REPLACE FUNCTION casework_guard_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'case %: it is signed already', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'TO_SIGN' OR NEW.status <> 'GRANTED' THEN
        RAISE EXCEPTION 'case %: it does not wait for a signature', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM accounts_person WHERE id = NEW.applicant_id AND user_id = NEW.signed_by_id)
        OR casework_has_worked_on(NEW.id, NEW.signed_by_id)
        OR casework_was_annulled(NEW.id, NEW.signed_by_id)
    THEN
        RAISE EXCEPTION 'case %: whoever worked on it does not sign its paper', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- The answer that replaces a decision sets who decided in the same moment: only an earlier one is a hand in it.
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
"""


class Migration(migrations.Migration):
    """Three functions, and the two triggers that ask them."""

    dependencies = [
        ("casework", "0034_cases_that_a_court_reopened"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(HANDS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]

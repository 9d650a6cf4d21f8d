"""A step can be taken back for a while, and in the database too: along the road back only, in time, with nothing in between."""

from django.db import migrations, models

from services.foundation import roles

TRIGGER = """
-- A road that only undoes is taken while the window of the last step is open, back to where that step came from.
CREATE FUNCTION casework_guard_undo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM casework_transition
        WHERE kind = NEW.kind AND source = OLD.status AND target = NEW.status AND undoes
    ) AND (
        OLD.undo_until IS NULL OR NEW.status_at >= OLD.undo_until OR NEW.undo_until IS NOT NULL
        OR OLD.undo -> 'before' ->> 'status' <> NEW.status
        OR (OLD.undo ->> 'version')::integer <> OLD.row_version
    ) THEN
        RAISE EXCEPTION 'case %: there is nothing to undo', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_undo BEFORE UPDATE ON casework_case
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION casework_guard_undo();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_undo;

-- A review is deleted only with the step that opened it: untouched, while that step can be undone.
CREATE FUNCTION casework_guard_review_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'OPEN' OR OLD.assignee_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM casework_case
        WHERE id = OLD.case_id AND undo_until > OLD.opened_at AND status_at = OLD.opened_at
    ) THEN
        RAISE EXCEPTION 'review %: reviews are not deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER casework_guard_review_deletion BEFORE DELETE ON casework_review
    FOR EACH ROW EXECUTE FUNCTION casework_guard_review_deletion();
ALTER TABLE casework_review ENABLE ALWAYS TRIGGER casework_guard_review_deletion;
"""

UNDO = """
DROP TRIGGER casework_guard_review_deletion ON casework_review;
DROP FUNCTION casework_guard_review_deletion();
DROP TRIGGER casework_guard_undo ON casework_case;
DROP FUNCTION casework_guard_undo();
"""


class Migration(migrations.Migration):
    """Two columns of the case, a mark on the roads, two triggers."""

    dependencies = [("casework", "0015_reviews_in_parallel"), ("foundation", "0001_roles")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(model_name="case", name="undo", field=models.JSONField(blank=True, null=True)),
        migrations.AddField(
            model_name="case", name="undo_until", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="transitionrow",
            name="undoes",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(undo__isnull=True, undo_until__isnull=True)
                | models.Q(undo__isnull=False, undo_until__isnull=False),
                name="case_that_can_be_undone_says_how",
            ),
        ),
        migrations.RunSQL(TRIGGER, UNDO),
        roles.grant("casework_review", "DELETE"),
    ]

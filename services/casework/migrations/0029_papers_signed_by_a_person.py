"""Papers that a person signs: under which hat, who did; in the database too, whoever worked on a case does not sign its paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

TRIGGER = """
-- Nobody signs the paper of their own application, nor one towards which they worked; what was signed stays signed.
CREATE FUNCTION casework_guard_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'case %: it is signed already', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'TO_SIGN' OR NEW.status <> 'GRANTED' THEN
        RAISE EXCEPTION 'case %: it does not wait for a signature', NEW.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM accounts_person WHERE id = NEW.applicant_id AND user_id = NEW.signed_by_id)
        OR EXISTS (SELECT 1 FROM casework_review WHERE case_id = NEW.id AND reviewer_id = NEW.signed_by_id)
        OR EXISTS (SELECT 1 FROM casework_defect WHERE case_id = NEW.id AND found_by_id = NEW.signed_by_id)
        OR EXISTS (SELECT 1 FROM casework_applicantrequest WHERE case_id = NEW.id AND asked_by_id = NEW.signed_by_id)
    THEN
        RAISE EXCEPTION 'case %: whoever worked on it does not sign its paper', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_signature BEFORE UPDATE OF signed_by_id ON casework_case
    FOR EACH ROW WHEN (OLD.signed_by_id IS DISTINCT FROM NEW.signed_by_id)
    EXECUTE FUNCTION casework_guard_signature();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_guard_signature;
"""

UNDO = """
DROP TRIGGER casework_guard_signature ON casework_case;
DROP FUNCTION casework_guard_signature();
"""


class Migration(migrations.Migration):
    """Two columns of the case, an index, three constraints, a trigger."""

    dependencies = [
        ("casework", "0028_requests_are_typed_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="case",
            name="signed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="signer_hat",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("agency"),
                F("signer_hat"),
                F("status_at"),
                condition=Q(("status", "TO_SIGN")),
                name="case_to_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | (
                    (Q(recommended_by__isnull=True) | ~Q(recommended_by=F("signed_by")))
                    & (Q(helper__isnull=True) | ~Q(helper=F("signed_by")))
                ),
                name="case_whoever_recommends_does_not_sign",
                violation_error_message="Whoever worked on the case does not sign its paper.",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=(Q(signed_by__isnull=True) & ~Q(status="TO_SIGN"))
                | Q(signer_hat__in=["APPROVER", "EXECUTIVE"]),
                name="case_signature_has_its_hat",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=~Q(status__in=["GRANTED", "ISSUED"])
                | Q(signer_hat="")
                | Q(signed_by__isnull=False),
                name="case_to_be_signed_is_granted_with_its_signature",
            ),
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]

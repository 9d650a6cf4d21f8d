"""Objections to a revocation, a suspension or a condition; and who did what to the certificate of an ended case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
-- What was objected to stays as it is.
CREATE FUNCTION casework_keep_objected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'objection %: what was written stays as it is', NEW.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER casework_keep_objected BEFORE UPDATE ON casework_objection
    FOR EACH ROW WHEN ((OLD.about, OLD.conditions) IS DISTINCT FROM (NEW.about, NEW.conditions))
    EXECUTE FUNCTION casework_keep_objected();
ALTER TABLE casework_objection ENABLE ALWAYS TRIGGER casework_keep_objected;

-- At the commit: a certificate is contested with its objection, and each objection is answered along the roads of what it is about.
CREATE FUNCTION casework_require_fitting_answer() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER casework_require_fitting_answer AFTER UPDATE ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND (OLD.status IN ('OBJECTION', 'CONTESTED') OR NEW.status = 'CONTESTED'))
    EXECUTE FUNCTION casework_require_fitting_answer();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_fitting_answer;
"""

UNDO = """
DROP TRIGGER casework_require_fitting_answer ON casework_case;
DROP FUNCTION casework_require_fitting_answer();
DROP TRIGGER casework_keep_objected ON casework_objection;
DROP FUNCTION casework_keep_objected();
"""


class Migration(migrations.Migration):
    """One table that is only added to, two columns of an objection, two triggers."""

    dependencies = [
        ("casework", "0024_inspections_at_the_place"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="StandingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("SUSPENDED", "Suspended"),
                            ("REINSTATED", "Suspension lifted"),
                            ("REVOKED", "Revoked"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="objection",
            name="one_objection_to_a_decision",
        ),
        migrations.AddField(
            model_name="objection",
            name="about",
            field=models.CharField(
                choices=[
                    ("REFUSAL", "The refusal"),
                    ("REVOCATION", "The revocation of the certificate"),
                    ("SUSPENSION", "The suspension of the certificate"),
                    ("CONDITION", "A condition on the certificate"),
                ],
                db_default="REFUSAL",
                default="REFUSAL",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="conditions",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.AlterField(
            model_name="objection",
            name="decision_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                fields=("case", "about", "decision_at"), name="one_objection_to_a_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about", "CONDITION"), models.Q(("conditions", []), _negated=True)),
                    models.Q(models.Q(("about", "CONDITION"), _negated=True), ("conditions", [])),
                    _connector="OR",
                ),
                name="objection_names_its_conditions",
            ),
        ),
        migrations.AddField(
            model_name="standingchange",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="standing_changes",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="standingchange",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="standingchange",
            index=models.Index(
                models.F("case"),
                models.OrderBy(models.F("changed_at"), descending=True),
                name="standing_changes_of_a_case",
            ),
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
        roles.revoke("casework_standingchange", "UPDATE", "DELETE", "TRUNCATE"),
    ]

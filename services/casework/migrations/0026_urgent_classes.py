"""Cases proposed for an urgent class of their standard; what was decided stays, and no party decides."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
CREATE FUNCTION casework_guard_urgency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'PROPOSED' OR (NEW.case_id, NEW.code, NEW.words, NEW.proposed_by_id, NEW.proposed_at)
        IS DISTINCT FROM (OLD.case_id, OLD.code, OLD.words, OLD.proposed_by_id, OLD.proposed_at) THEN
        RAISE EXCEPTION 'urgency %: what was written stays as it is', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_urgency BEFORE UPDATE ON casework_urgency
    FOR EACH ROW EXECUTE FUNCTION casework_guard_urgency();
ALTER TABLE casework_urgency ENABLE ALWAYS TRIGGER casework_guard_urgency;

-- A case is urgent only by the word of a supervisor.
CREATE FUNCTION casework_require_urgency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM casework_urgency WHERE case_id = NEW.id AND code = NEW.urgent_code AND state = 'GRANTED'
    ) THEN
        RAISE EXCEPTION 'case %: no supervisor has called it urgent', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_require_urgency AFTER UPDATE OF urgent_code ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.urgent_code <> '' AND OLD.urgent_code <> NEW.urgent_code)
    EXECUTE FUNCTION casework_require_urgency();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_urgency;
"""

UNDO = """
DROP TRIGGER casework_require_urgency ON casework_case;
DROP FUNCTION casework_require_urgency();
DROP TRIGGER casework_guard_urgency ON casework_urgency;
DROP FUNCTION casework_guard_urgency();
"""


class Migration(migrations.Migration):
    """One table, one column of the case, two triggers."""

    dependencies = [
        ("casework", "0025_objections_to_certificates"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="case",
            name="urgent_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.CreateModel(
            name="Urgency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("words", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Waits for the supervisor"),
                            ("GRANTED", "Granted"),
                            ("DECLINED", "Declined"),
                        ],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("overtook", models.PositiveSmallIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgencies",
                        to="casework.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "DECLINED"), _negated=True),
                        fields=("case",),
                        name="one_urgency_of_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="urgency_is_decided_by_another",
                        violation_error_message="Whoever proposes it does not decide it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "PROPOSED"),
                            ),
                            models.Q(
                                models.Q(("state", "PROPOSED"), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("decided_at__gte", models.F("proposed_at")),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="urgency_is_decided_whole",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
        roles.revoke("casework_urgency", "DELETE", "TRUNCATE"),
    ]

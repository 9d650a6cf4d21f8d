"""What a person found who looked at a decision of the machine again; once written it stays, and no party of the case writes it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGER = """
CREATE FUNCTION casework_guard_second_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.result <> ''
        OR (NEW.case_id, NEW.one_in, NEW.drawn_at) IS DISTINCT FROM (OLD.case_id, OLD.one_in, OLD.drawn_at)
    ) THEN
        RAISE EXCEPTION 'second look %: what was drawn and what was found stays', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM casework_case WHERE id = NEW.case_id AND decided_at IS NOT NULL AND decided_by_id IS NULL
    ) AND TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'second look: the machine did not decide this case' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.looked_by_id IS NOT NULL AND (
        EXISTS (
            SELECT 1 FROM casework_case c LEFT JOIN accounts_person p ON p.id = c.applicant_id
            WHERE c.id = NEW.case_id AND NEW.looked_by_id IN (
                c.recommended_by_id, c.late_defects_allowed_by_id, c.helper_id, p.user_id
            )
        )
        OR EXISTS (
            SELECT 1 FROM casework_defect WHERE case_id = NEW.case_id AND found_by_id = NEW.looked_by_id
        )
    ) THEN
        RAISE EXCEPTION 'second look %: whoever has a part in the case does not look again', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_second_look BEFORE INSERT OR UPDATE ON casework_secondlook
    FOR EACH ROW EXECUTE FUNCTION casework_guard_second_look();
ALTER TABLE casework_secondlook ENABLE ALWAYS TRIGGER casework_guard_second_look;
"""

UNDO = """
DROP TRIGGER casework_guard_second_look ON casework_secondlook;
DROP FUNCTION casework_guard_second_look();
"""
RESULTS = [("CONFIRMED", "The machine decided rightly"), ("ERROR", "The machine was wrong")]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_a_step_can_be_undone"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("one_in", models.PositiveSmallIntegerField()),
                ("drawn_at", models.DateTimeField()),
                ("result", models.CharField(blank=True, choices=RESULTS, max_length=10)),
                ("words", models.TextField(blank=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_look",
                        to="casework.case",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("drawn_at"),
                        models.F("id"),
                        condition=models.Q(("result", "")),
                        name="second_look_awaited",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_at__isnull", True),
                            ("looked_by__isnull", True),
                            ("result", ""),
                            ("words", ""),
                        )
                        | (
                            ~models.Q(("result", ""))
                            & models.Q(("looked_at__gte", models.F("drawn_at")), ("looked_by__isnull", False))
                        ),
                        name="second_look_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(("result", "ERROR")) | ~models.Q(("words", "")),
                        name="an_error_of_the_machine_is_said_in_words",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
        roles.revoke("casework_secondlook", "DELETE", "TRUNCATE"),
    ]

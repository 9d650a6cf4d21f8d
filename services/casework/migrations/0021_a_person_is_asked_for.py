"""Whoever applies may ask for a person: before the machine decides, and afterwards for somebody who looks at it again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

TRIGGER = """
CREATE OR REPLACE FUNCTION casework_guard_second_look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.result <> ''
        OR (NEW.case_id, NEW.origin, NEW.one_in, NEW.drawn_at, NEW.asked_by_id, NEW.asked_words)
            IS DISTINCT FROM (OLD.case_id, OLD.origin, OLD.one_in, OLD.drawn_at, OLD.asked_by_id, OLD.asked_words)
    ) THEN
        RAISE EXCEPTION 'second look %: what was drawn or asked and what was found stays', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM casework_case WHERE id = NEW.case_id AND decided_at IS NOT NULL AND decided_by_id IS NULL
    ) AND TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'second look: the machine did not decide this case' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.asked_by_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM casework_case c LEFT JOIN accounts_person p ON p.id = c.applicant_id
        WHERE c.id = NEW.case_id AND NEW.asked_by_id IN (c.helper_id, p.user_id)
    ) THEN
        RAISE EXCEPTION 'second look: only the side of the citizen asks for it' USING ERRCODE = 'restrict_violation';
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
        OR EXISTS (
            SELECT 1 FROM casework_secondlook
            WHERE case_id = NEW.case_id AND id <> NEW.id AND looked_by_id = NEW.looked_by_id
        )
    ) THEN
        RAISE EXCEPTION 'second look %: whoever has a part in the case, or has looked, does not look again', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
ORIGINS = [("DRAWN", "Drawn at random"), ("ASKED", "Asked for by the applicant")]


class Migration(migrations.Migration):
    """Columns that have a default, and the function of a trigger that stands already. Forward only."""

    dependencies = [
        ("casework", "0020_expiries_newest_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="case",
            name="person_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(("person_asked_at__isnull", True))
                | Q(("decided_at__isnull", True))
                | Q(("decided_by__isnull", False))
                | Q(("decided_at__gt", F("complete_at"))),
                name="case_the_machine_leaves_to_a_person_whoever_asked_for_one",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                "service_version",
                condition=Q(("person_asked_at__isnull", False)),
                name="case_asks_for_a_person",
            ),
        ),
        migrations.AlterField(
            model_name="secondlook",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="second_looks", to="casework.case"
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="origin",
            field=models.CharField(choices=ORIGINS, db_default="DRAWN", default="DRAWN", max_length=10),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="asked_words",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="secondlook",
            constraint=models.UniqueConstraint(
                fields=["case", "origin"], name="one_second_look_of_each_origin"
            ),
        ),
        migrations.AddConstraint(
            model_name="secondlook",
            constraint=models.CheckConstraint(
                condition=Q(("asked_by__isnull", True), ("asked_words", ""), ("origin", "DRAWN"))
                | Q(("asked_by__isnull", False), ("one_in", 1), ("origin", "ASKED")),
                name="second_look_that_was_asked_for_says_by_whom",
            ),
        ),
        migrations.RunSQL(TRIGGER, migrations.RunSQL.noop),
    ]

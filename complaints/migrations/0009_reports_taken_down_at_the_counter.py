"""A report that an officer took down for somebody says who, at whose counter and how; that officer never handles it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

HOW = [("COUNTER", "At the counter"), ("TELEPHONE", "On the telephone")]

GUARD = """
CREATE FUNCTION complaints_keep_takers_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM complaints_complaint
        WHERE case_id = NEW.id AND taken_by_id IN (NEW.assignee_id, NEW.recommended_by_id, NEW.decided_by_id)
    ) THEN
        RAISE EXCEPTION 'case %: whoever took the report down does not handle it', NEW.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_keep_takers_out
    BEFORE UPDATE OF assignee_id, recommended_by_id, decided_by_id ON casework_case
    FOR EACH ROW WHEN (NEW.kind = 'COMPLAINT') EXECUTE FUNCTION complaints_keep_takers_out();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER complaints_keep_takers_out;
"""

UNDO = """
DROP TRIGGER complaints_keep_takers_out ON casework_case;
DROP FUNCTION complaints_keep_takers_out();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0008_an_officer_follows_a_report"),
        ("casework", "0001_cases_and_what_hangs_on_them"),
        ("government", "0001_agencies_districts_and_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            "complaint",
            "taken_how",
            models.CharField(blank=True, choices=HOW, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            "complaint",
            "taken_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "complaint",
            "taken_at",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="government.agency",
            ),
        ),
        migrations.AddConstraint(
            "complaint",
            models.CheckConstraint(
                name="a_report_taken_down_says_by_whom_and_where",
                condition=Q(taken_how="", taken_by__isnull=True, taken_at__isnull=True)
                | (~Q(taken_how="") & Q(taken_by__isnull=False, taken_at__isnull=False)),
            ),
        ),
        migrations.AddField(
            "reportdraft",
            "taken_how",
            models.CharField(blank=True, choices=HOW, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            "reportdraft",
            "taken_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(GUARD, UNDO),
    ]

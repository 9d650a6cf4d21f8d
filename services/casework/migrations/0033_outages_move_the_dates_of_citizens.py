"""Outages, and the dates of citizens that they put off; a transaction that does so moves no clock of the office."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles

TRIGGERS = """
ALTER TABLE casework_outagemove ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE FUNCTION casework_guard_outage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL
        OR (NEW.begins_at, NEW.services, NEW.words, NEW.declared_by_id, NEW.declared_at)
            IS DISTINCT FROM (OLD.begins_at, OLD.services, OLD.words, OLD.declared_by_id, OLD.declared_at)
        OR (OLD.ends_at IS NOT NULL AND (NEW.ends_at, NEW.ended_by_id) IS DISTINCT FROM (OLD.ends_at, OLD.ended_by_id))
        OR (OLD.confirmed_at IS NOT NULL
            AND (NEW.confirmed_at, NEW.confirmed_by_id) IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id)) THEN
        RAISE EXCEPTION 'outage %: what was declared stays as it is', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_outage BEFORE UPDATE ON casework_outage
    FOR EACH ROW EXECUTE FUNCTION casework_guard_outage();
ALTER TABLE casework_outage ENABLE ALWAYS TRIGGER casework_guard_outage;

-- A date moves only by an outage that a second person has confirmed, and the row stays as it was written.
CREATE FUNCTION casework_guard_outage_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR NOT EXISTS (
        SELECT 1 FROM casework_outage WHERE id = NEW.outage_id AND confirmed_at IS NOT NULL AND moved_at IS NULL
    ) THEN
        RAISE EXCEPTION 'outage: a date moves by a confirmed outage, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_guard_outage_move BEFORE INSERT OR UPDATE OR DELETE ON casework_outagemove
    FOR EACH ROW EXECUTE FUNCTION casework_guard_outage_move();
ALTER TABLE casework_outagemove ENABLE ALWAYS TRIGGER casework_guard_outage_move;

-- The transaction in which an outage moves a date of a case touches no clock of the office, whatever it does before or after.
CREATE FUNCTION casework_outage_spares_the_office() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint;
BEGIN
    IF TG_TABLE_NAME = 'casework_case' THEN
        moved := NEW.id;
    ELSE
        moved := NEW.case_id;
    END IF;
    IF EXISTS (SELECT 1 FROM casework_outagemove WHERE case_id = moved AND xact = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'case %: an outage moves no clock of the office', moved USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_outage_spares_the_case AFTER UPDATE OF due_at, place_at ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.due_at, OLD.place_at) IS DISTINCT FROM (NEW.due_at, NEW.place_at))
    EXECUTE FUNCTION casework_outage_spares_the_office();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_outage_spares_the_case;
CREATE CONSTRAINT TRIGGER casework_outage_spares_the_review AFTER UPDATE OF due_at, place_at ON casework_review
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.due_at, OLD.place_at) IS DISTINCT FROM (NEW.due_at, NEW.place_at))
    EXECUTE FUNCTION casework_outage_spares_the_office();
ALTER TABLE casework_review ENABLE ALWAYS TRIGGER casework_outage_spares_the_review;
CREATE CONSTRAINT TRIGGER casework_outage_spares_the_superior AFTER UPDATE OF due_at ON casework_objection
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.due_at IS DISTINCT FROM NEW.due_at)
    EXECUTE FUNCTION casework_outage_spares_the_office();
ALTER TABLE casework_objection ENABLE ALWAYS TRIGGER casework_outage_spares_the_superior;
CREATE CONSTRAINT TRIGGER casework_outage_stops_no_clock AFTER INSERT OR UPDATE ON casework_clockpause
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_outage_spares_the_office();
ALTER TABLE casework_clockpause ENABLE ALWAYS TRIGGER casework_outage_stops_no_clock;
"""

UNDO = """
DROP TRIGGER casework_outage_stops_no_clock ON casework_clockpause;
DROP TRIGGER casework_outage_spares_the_superior ON casework_objection;
DROP TRIGGER casework_outage_spares_the_review ON casework_review;
DROP TRIGGER casework_outage_spares_the_case ON casework_case;
DROP FUNCTION casework_outage_spares_the_office();
DROP TRIGGER casework_guard_outage_move ON casework_outagemove;
DROP FUNCTION casework_guard_outage_move();
DROP TRIGGER casework_guard_outage ON casework_outage;
DROP FUNCTION casework_guard_outage();
ALTER TABLE casework_outagemove DROP COLUMN xact;
"""


class Migration(migrations.Migration):
    """Two tables, and triggers over them and over the clocks of the office."""

    dependencies = [
        ("casework", "0032_counts_in_the_order_of_an_index"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Outage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("words", models.JSONField()),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("moved_at", models.DateTimeField(blank=True, null=True)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
                ("correction", models.TextField(blank=True)),
                ("corrected_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
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
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutageMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("FILE", "what is waited for"),
                            ("REQUEST", "an answer"),
                            ("OBJECTION", "the objection"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("before", models.DateTimeField()),
                ("after", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outage_moves",
                        to="casework.case",
                    ),
                ),
                (
                    "outage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="casework.outage",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.applicantrequest",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="outage",
            index=models.Index(
                models.F("begins_at"),
                condition=models.Q(("moved_at", None), ("withdrawn_at", None)),
                name="outages_unsettled",
            ),
        ),
        migrations.AddIndex(
            model_name="outage",
            index=models.Index(
                models.OrderBy(models.F("begins_at"), descending=True), name="outages_latest_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at", None), ("ends_at__gt", models.F("begins_at")), _connector="OR"
                ),
                name="outage_ends_after_it_begins",
                violation_error_message="The end must be later than the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ends_at", None)),
                    models.Q(
                        ("ended_at__isnull", False), ("ended_by__isnull", False), ("ends_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="outage_is_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("ends_at__isnull", False),
                        models.Q(("confirmed_by", models.F("ended_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outage_is_confirmed_by_another",
                violation_error_message="Whoever said when it ended does not confirm it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("moved", 0), ("moved_at", None)),
                    ("confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name="outage_moves_dates_once_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", None), ("withdrawn_why", "")),
                    models.Q(
                        ("confirmed_at", None),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outage_is_taken_back_before_it_is_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="outage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected_at", None), ("corrected_by", None), ("correction", "")),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("corrected_at__isnull", False),
                        ("corrected_by__isnull", False),
                        models.Q(("correction", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outage_is_corrected_in_words",
            ),
        ),
        migrations.AddIndex(
            model_name="outagemove",
            index=models.Index(models.F("case"), models.F("what"), name="outage_moves_of_a_case"),
        ),
        migrations.AddConstraint(
            model_name="outagemove",
            constraint=models.UniqueConstraint(
                fields=("outage", "case", "what", "request", "since"),
                name="an_outage_moves_a_date_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="outagemove",
            constraint=models.CheckConstraint(
                condition=models.Q(("after__gt", models.F("before"))), name="an_outage_brings_no_date_earlier"
            ),
        ),
        migrations.AddConstraint(
            model_name="outagemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("request__isnull", False), ("what", "REQUEST")),
                    models.Q(models.Q(("what", "REQUEST"), _negated=True), ("request__isnull", True)),
                    _connector="OR",
                ),
                name="an_outage_names_the_request_whose_date_it_moves",
            ),
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
        roles.revoke("casework_outage", "DELETE", "TRUNCATE"),
        roles.revoke("casework_outagemove", "UPDATE", "DELETE", "TRUNCATE"),
    ]

"""Whether the machine gives out the files of a version by lot; like all of a version, that never changes."""

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION catalogue_refuse_change_of_a_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND OLD.retired_at IS NULL
        AND (NEW.id, NEW.service_id, NEW.number, NEW.definition, NEW.digest, NEW.is_given_out, NEW.published_at)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.service_id, OLD.number, OLD.definition, OLD.digest, OLD.is_given_out, OLD.published_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version of a service never changes: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """One column with a default, and the function of a trigger that stands already. Forward only."""

    dependencies = [("catalogue", "0003_licences_and_complaints")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="serviceversion",
            name="is_given_out",
            field=models.BooleanField(db_default=False, default=False, verbose_name="given out by lot"),
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]

"""A published version never changes: the only thing that may still happen to it is that it retires, once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION catalogue_refuse_change_of_a_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND OLD.retired_at IS NULL
        AND (NEW.id, NEW.service_id, NEW.number, NEW.definition, NEW.digest, NEW.published_at)
            IS NOT DISTINCT FROM (OLD.id, OLD.service_id, OLD.number, OLD.definition, OLD.digest, OLD.published_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version of a service never changes: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER catalogue_version_never_changes BEFORE UPDATE OR DELETE ON catalogue_serviceversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change_of_a_version();
CREATE TRIGGER catalogue_versions_are_never_emptied BEFORE TRUNCATE ON catalogue_serviceversion
    FOR EACH STATEMENT EXECUTE FUNCTION catalogue_refuse_change_of_a_version();
ALTER TABLE catalogue_serviceversion ENABLE ALWAYS TRIGGER catalogue_version_never_changes;
ALTER TABLE catalogue_serviceversion ENABLE ALWAYS TRIGGER catalogue_versions_are_never_emptied;
"""

UNGUARD = """
DROP TRIGGER catalogue_versions_are_never_emptied ON catalogue_serviceversion;
DROP TRIGGER catalogue_version_never_changes ON catalogue_serviceversion;
DROP FUNCTION catalogue_refuse_change_of_a_version();
"""


class Migration(migrations.Migration):
    """Plain SQL, every trigger ENABLE ALWAYS, so that no session setting walks past it."""

    dependencies = [("catalogue", "0001_services_and_their_versions")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]

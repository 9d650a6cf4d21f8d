"""A certificate names the court's ruling that stays or ends it; of one that was taken back the ruling stays as it is."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION documents_keep_the_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ruling on certificate % stays as it is', OLD.number USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER documents_ruling_stays BEFORE UPDATE ON documents_certificate
    FOR EACH ROW WHEN (OLD.standing = 'REVOKED' AND OLD.ruling IS DISTINCT FROM NEW.ruling)
    EXECUTE FUNCTION documents_keep_the_ruling();
ALTER TABLE documents_certificate ENABLE ALWAYS TRIGGER documents_ruling_stays;
"""

UNGUARD = """
DROP TRIGGER documents_ruling_stays ON documents_certificate;
DROP FUNCTION documents_keep_the_ruling();
"""


class Migration(migrations.Migration):
    """One column and its trigger."""

    dependencies = [("documents", "0005_certificates_by_signing")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="certificate",
            name="ruling",
            field=models.JSONField(blank=True, default=dict, db_default={}),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]

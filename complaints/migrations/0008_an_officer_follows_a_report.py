"""A mark by which an officer who reported from the desk comes back; drawn at random for every other report."""

from django.db import migrations, models

RANDOM = """
UPDATE complaints_integrityreport
SET reporter_mark = decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
WHERE reporter_mark = ''::bytea
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0007_reports_name_their_program")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="integrityreport",
            name="reporter_mark",
            field=models.BinaryField(default=b"", max_length=32),
            preserve_default=False,
        ),
        migrations.RunSQL(RANDOM, migrations.RunSQL.noop),
    ]

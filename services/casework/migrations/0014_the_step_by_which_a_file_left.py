"""By which step a file left a desk, so that an officer's month tells what went back to its applicant."""

from django.db import migrations, models

#: What was returned before now is told by the record: the event of the moment at which the file left the desk.
RETURNED = """
UPDATE casework_holding h SET step = 'return'
  FROM casework_case c JOIN audit_event e ON e.subject_kind = 'case' AND e.subject_key = c.reference
 WHERE c.id = h.case_id AND h.left_by = 'DONE' AND e.at = h.left_at AND e.action LIKE '%.application.returned'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0013_objections"),
        ("audit", "0001_append_only_record"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="holding",
            name="step",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(models.F("officer"), models.F("left_at"), name="holding_left_by_an_officer"),
        ),
        migrations.RunSQL(RETURNED, migrations.RunSQL.noop),
    ]

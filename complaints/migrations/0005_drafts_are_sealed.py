"""What was typed and not sent stands sealed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A sealed column in place of the open one."""

    dependencies = [("complaints", "0004_integrity_reports")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="reportdraft", name="answers"),
        migrations.AddField(
            model_name="reportdraft", name="answers_sealed", field=models.BinaryField(null=True)
        ),
    ]

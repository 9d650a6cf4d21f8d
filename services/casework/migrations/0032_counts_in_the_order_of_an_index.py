"""The backlog of an office in the order of its dates: what is late is counted without a look at what is not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0031_days_added_to_a_review")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("agency"),
                models.F("due_at"),
                condition=models.Q(closed_at__isnull=True, submitted_at__isnull=False),
                name="case_due",
            ),
        ),
    ]

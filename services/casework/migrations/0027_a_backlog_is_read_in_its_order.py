"""The backlog of an office in the order of the queue: its first page is read without sorting all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0026_urgent_classes")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("agency"),
                models.F("place_at"),
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(closed_at__isnull=True, submitted_at__isnull=False),
                name="case_backlog",
            ),
        ),
    ]

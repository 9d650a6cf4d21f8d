"""The cases of one kind in the order in which they were sent: a list of them, newest first, costs the same at any size."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_keep_the_accused_out")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                "kind",
                models.F("submitted_at").desc(),
                models.F("id").desc(),
                name="case_by_sending",
                condition=models.Q(submitted_at__isnull=False),
            ),
        ),
    ]

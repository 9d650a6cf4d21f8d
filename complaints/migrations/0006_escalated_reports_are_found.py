"""An index for what was twice called unsolved: the head's page lists it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One partial index."""

    dependencies = [("complaints", "0005_drafts_are_sealed")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                models.F("escalated_at"),
                models.F("case"),
                condition=models.Q(("escalated_at__isnull", False)),
                name="escalated_reports",
            ),
        ),
    ]

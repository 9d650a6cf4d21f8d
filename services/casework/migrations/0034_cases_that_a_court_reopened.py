"""The few cases that a court reopened: whose decision was annulled is asked of them, not of the whole backlog."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0033_outages_move_the_dates_of_citizens")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("agency"),
                condition=models.Q(reopened_at__isnull=False),
                name="case_reopened",
            ),
        ),
    ]

"""All sent cases, newest first, and the few that nobody outside may count: the lists of those who oversee cost the same at any size."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_cases_of_a_kind_by_sending")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.OrderBy(models.F("submitted_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("submitted_at__isnull", False)),
                name="case_of_any_kind_by_sending",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("id"), condition=models.Q(("is_confidential", True)), name="case_confidential"
            ),
        ),
    ]

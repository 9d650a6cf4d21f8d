"""The inspectorate reads the newest date that passed first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("casework", "0019_served_at_the_counter")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="expiry",
            index=models.Index(
                models.F("noted_at").desc(), models.F("id").desc(), name="expiry_newest_first"
            ),
        ),
    ]

"""When the wearer of an unused hat was warned that it ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_memberships_are_kept")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="warned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="warned at"),
        ),
    ]

"""Whether single keys do something on the desk: a choice of each user, kept with the account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_a_warning_before_an_unused_hat_ends")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="uses_keys",
            field=models.BooleanField(default=True, db_default=True, verbose_name="uses keys on the desk"),
        ),
    ]

"""A review counts the working days by which its date was moved, so that a changed calendar can count them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_whoever_asked_does_not_decide")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="days_added",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]

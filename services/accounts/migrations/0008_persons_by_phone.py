"""Persons by their phone: whether a number that an officer declared is an applicant's is answered without reading everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_hats_worn_by_mandate")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["phone"], name="person_by_phone")
        ),
    ]

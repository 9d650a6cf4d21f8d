"""Businesses by their name: whether a case is for one that an officer declared is answered without reading all of them."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("licensing", "0009_papers_signed_by_a_person")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="business", index=models.Index(Lower("name"), name="business_by_name")
        ),
    ]

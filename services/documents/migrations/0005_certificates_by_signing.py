"""Signed certificates in the order of their signatures: the public register costs the same at any size."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_certificates_can_be_suspended"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("state", "SIGNED")),
                fields=["-signed_at", "-id"],
                name="certificates_by_signing",
            ),
        ),
    ]

"""Licences and complaints are public services too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two further kinds."""

    dependencies = [
        ("catalogue", "0002_versions_never_change"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="service",
            name="kind",
            field=models.CharField(
                choices=[("PERMIT", "permit"), ("LICENCE", "licence"), ("COMPLAINT", "complaint")],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]

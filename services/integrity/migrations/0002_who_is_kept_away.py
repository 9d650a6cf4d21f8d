"""Who may neither see nor handle one case; never taken back by the portal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles


class Migration(migrations.Migration):
    dependencies = [
        ("integrity", "0001_the_question_after_a_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=13)),
                ("since", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["user"], name="cases_of_the_excluded")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference", "user"), name="nobody_is_excluded_twice_from_a_case"
                    )
                ],
            },
        ),
        roles.revoke("integrity_exclusion", "UPDATE", "DELETE", "TRUNCATE"),
    ]

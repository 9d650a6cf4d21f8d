"""Keys of programs that send reports; one that was made stays, so that what came by it can be told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0002_roads_of_a_report"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="program")),
                ("contact", models.CharField(max_length=120, verbose_name="who answers for it")),
                ("start", models.CharField(max_length=12, verbose_name="begins with")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a program",
                "verbose_name_plural": "keys of programs",
                "ordering": ("-id",),
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reason", ""), ("revoked_at__isnull", True), ("revoked_by__isnull", True)
                            ),
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("revoked_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_revoked_key_says_by_whom_and_why",
                    )
                ],
            },
        ),
        roles.revoke("complaints_apikey", "DELETE", "TRUNCATE"),
    ]

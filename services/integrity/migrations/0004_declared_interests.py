"""What officers declare, from which cases they stepped back, and which rule kept whom away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from services.foundation import roles


class Migration(migrations.Migration):
    dependencies = [
        ("integrity", "0003_the_integrity_pact"),
        ("foundation", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("RELATIVE", "A relative, or somebody close to me"),
                            ("COMPANY", "A business in which I or they have a part"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("relation", models.CharField(blank=True, max_length=100, verbose_name="relation")),
                ("nik_index", models.BinaryField(max_length=32, null=True)),
                ("nik_mask", models.CharField(blank=True, max_length=16)),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="phone")),
                ("nib", models.CharField(blank=True, max_length=13, verbose_name="NIB")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("declared_at", models.DateTimeField()),
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
                "verbose_name": "declared interest",
                "verbose_name_plural": "declared interests",
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["user", "-declared_at"], name="interests_of_an_officer")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="interest_ends_after_its_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nib", ""), ("nib__regex", "^[0-9]{13}$"), _connector="OR"),
                        name="interest_nib_has_thirteen_digits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=13)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["user"], name="recusals_of_an_officer")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference", "user"), name="nobody_steps_back_twice_from_a_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("RECUSED", "They have stepped back from this case"),
                            ("OWN_NIK", "The applicant has their own NIK"),
                            ("OWN_PHONE", "The applicant gave the officer's own phone number"),
                            ("NIK", "Applicant or helper has the NIK of somebody in their register"),
                            (
                                "PHONE",
                                "Applicant or helper has the phone number of somebody in their register",
                            ),
                            ("COMPANY", "It is for a business in their register"),
                        ],
                        max_length=10,
                        verbose_name="rule",
                    ),
                ),
                ("doing", models.CharField(max_length=60)),
                ("reference", models.CharField(max_length=13)),
                ("at", models.DateTimeField(verbose_name="when")),
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
                "verbose_name": "refusal by a conflict of interest",
                "verbose_name_plural": "refusals by a conflict of interest",
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["-at", "-id"], name="newest_refusals")],
            },
        ),
        roles.revoke("integrity_interest", "DELETE", "TRUNCATE"),
        roles.revoke("integrity_recusal", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("integrity_refusal", "UPDATE", "DELETE", "TRUNCATE"),
    ]

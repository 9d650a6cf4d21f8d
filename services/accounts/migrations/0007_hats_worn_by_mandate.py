"""Acting officials: hats that are worn by mandate, each with its letter."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from services.foundation import roles

KINDS = [("PLH", "Plh. (while the holder is away)"), ("PLT", "Plt. (while the post is vacant)")]
ORIGINS = [
    ("GRANTED", "Given by an administrator"),
    ("FIRST", "First administrators of the installation"),
    ("BREAK_GLASS", "Taken in an emergency"),
    ("MANDATE", "By mandate"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_days_on_which_officers_are_away"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="origin",
            field=models.CharField(choices=ORIGINS, default="GRANTED", max_length=12, verbose_name="origin"),
        ),
        migrations.RemoveConstraint("membership", "hats_of_two_are_confirmed_before_they_count"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                name="hats_of_two_are_confirmed_before_they_count",
                condition=~Q(
                    state="ACTIVE",
                    origin__in=["GRANTED", "MANDATE"],
                    hat__in=["APPROVER", "AUDITOR", "ADMINISTRATOR"],
                )
                | Q(confirmed_by__isnull=False),
                violation_error_message="This hat needs a second person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                name="a_mandate_is_of_a_post_and_has_its_giver_and_its_end",
                condition=~Q(origin="MANDATE")
                | Q(
                    granted_by__isnull=False,
                    valid_until__isnull=False,
                    hat__in=["APPROVER", "SUPERVISOR", "EXECUTIVE"],
                ),
            ),
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mandate",
                        serialize=False,
                        to="accounts.membership",
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=3)),
                ("post", models.CharField(max_length=120)),
                ("letter_number", models.CharField(max_length=60)),
                ("letter_date", models.DateField()),
                ("letter", models.UUIDField()),
                ("services", models.JSONField(blank=True, default=list)),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        name="somebody_acts_for_a_holder_or_in_a_vacant_post",
                        condition=Q(kind="PLH", holder__isnull=False) | Q(kind="PLT", holder__isnull=True),
                    ),
                    models.CheckConstraint(
                        name="a_mandate_names_its_post_and_its_letter",
                        condition=~Q(post="") & ~Q(letter_number=""),
                    ),
                ],
            },
        ),
        roles.revoke("accounts_mandate", "UPDATE", "DELETE", "TRUNCATE"),
    ]

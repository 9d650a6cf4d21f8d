"""Counted answers without people: a used link cannot be taken back, and no count goes away."""

from django.db import migrations, models

from services.foundation import roles


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="GiftRate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.SlugField(max_length=60, unique=True, verbose_name="public service")),
                ("yes", models.PositiveIntegerField(default=0)),
                ("no", models.PositiveIntegerField(default=0)),
                ("declined", models.PositiveIntegerField(default=0)),
                ("as_of", models.DateField(verbose_name="as of")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GiftTicket",
            fields=[
                ("digest", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("month", models.DateField(verbose_name="month")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GiftCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.SlugField(max_length=60, verbose_name="public service")),
                ("agency", models.SlugField(max_length=60, verbose_name="agency")),
                ("month", models.DateField(verbose_name="month")),
                (
                    "answer",
                    models.CharField(
                        choices=[("NO", "No"), ("YES", "Yes"), ("DECLINED", "I would rather not say")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0, verbose_name="number")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "agency", "month", "answer"),
                        name="one_count_a_service_month_and_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="gifts_are_counted_by_month"
                    ),
                ],
            },
        ),
        roles.revoke("integrity_giftticket", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("integrity_giftcount", "DELETE", "TRUNCATE"),
    ]

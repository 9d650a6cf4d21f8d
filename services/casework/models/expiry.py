"""Clocks of a decision that ran out with nobody deciding, each with the evidence of how it ran."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class Expiry(models.Model):
    """One date of a decision that passed. `evidence` is the clock as it stood, `digest` the SHA-256 of it, in hexadecimal.

    A date that a later holiday moves and that passes again is another row. Written once, never changed.
    """

    class Mode(models.TextChoices):
        """What followed (UU 30/2014 article 53)."""

        FLAG_ONLY = "FLAG_ONLY", _("Told to the inspectorate")
        AUTO_ISSUE = "AUTO_ISSUE", _("Granted by operation of law")

    case = models.ForeignKey(Case, models.PROTECT, related_name="expiries")
    mode = models.CharField(max_length=10, choices=Mode)
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    evidence = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "due_at"], name="one_expiry_of_a_date"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(mode="AUTO_ISSUE"), name="one_grant_by_law_of_a_case"
            ),
            models.CheckConstraint(
                name="expiry_is_noted_after_the_date", condition=Q(noted_at__gt=models.F("due_at"))
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(models.F("noted_at").desc(), models.F("id").desc(), name="expiry_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.due_at:%F} {self.mode}"

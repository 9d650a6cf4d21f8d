"""Decisions of the machine that were drawn to be looked at by a person afterwards, each with what they found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class SecondLook(models.Model):
    """One decision of the machine that a person looks at again; `one_in` says how many it was drawn from."""

    class Result(models.TextChoices):
        """What the person found."""

        CONFIRMED = "CONFIRMED", _("The machine decided rightly")
        ERROR = "ERROR", _("The machine was wrong")

    case = models.OneToOneField(Case, models.PROTECT, related_name="second_look")
    one_in = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result, blank=True)
    words = models.TextField(blank=True)
    looked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="second_look_is_whole",
                condition=Q(result="", words="", looked_by__isnull=True, looked_at__isnull=True)
                | (~Q(result="") & Q(looked_by__isnull=False, looked_at__gte=models.F("drawn_at"))),
            ),
            models.CheckConstraint(
                name="an_error_of_the_machine_is_said_in_words",
                condition=~Q(result="ERROR") | ~Q(words=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("drawn_at", "id", name="second_look_awaited", condition=Q(result="")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.result}"

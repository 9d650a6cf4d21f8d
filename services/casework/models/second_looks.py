"""Decisions of the machine that a person looks at afterwards, drawn or asked for, each with what they found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class SecondLook(models.Model):
    """One decision of the machine that a person looks at again: drawn from `one_in`, or asked for by the citizen's side.

    `drawn_at` is the moment since which it waits. A decision may be drawn and asked for: then two people look, each once.
    """

    class Origin(models.TextChoices):
        """Why a person looks."""

        DRAWN = "DRAWN", _("Drawn at random")
        ASKED = "ASKED", _("Asked for by the applicant")

    class Result(models.TextChoices):
        """What the person found."""

        CONFIRMED = "CONFIRMED", _("The machine decided rightly")
        ERROR = "ERROR", _("The machine was wrong")

    #: The names of their clocks in the record and on the ladder, by the origin.
    CLOCKS: ClassVar[dict[str, str]] = {Origin.DRAWN.value: "look_drawn", Origin.ASKED.value: "look_asked"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="second_looks")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.DRAWN, db_default="DRAWN")
    one_in = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    asked_words = models.TextField(blank=True, default="", db_default="")
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
            models.UniqueConstraint(fields=["case", "origin"], name="one_second_look_of_each_origin"),
            models.CheckConstraint(
                name="second_look_that_was_asked_for_says_by_whom",
                condition=Q(origin="DRAWN", asked_by__isnull=True, asked_words="")
                | Q(origin="ASKED", asked_by__isnull=False, one_in=1),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("drawn_at", "id", name="second_look_awaited", condition=Q(result="")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.origin} {self.result}"

"""Rulings of courts on decided cases: a stay, its end, an annulment. One person enters them, a second one confirms."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class Ruling(models.Model):
    """One ruling with its number, its date and the paper itself. It has its effect once a second person has confirmed it.

    `decision_by` and `decision_at` name the decision that it is about, as it stood when the ruling was entered.
    """

    class Kind(models.TextChoices):
        """What the court ruled."""

        STAY = "STAY", _("The decision is stayed")
        STAY_ENDED = "STAY_ENDED", _("The stay has ended")
        ANNULMENT = "ANNULMENT", _("The decision is annulled")

    class State(models.TextChoices):
        """Where the entry stands."""

        ENTERED = "ENTERED", _("Waits for a second person")
        CONFIRMED = "CONFIRMED", _("Confirmed")
        SENT_BACK = "SENT_BACK", _("Sent back")

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=10, choices=Kind)
    court = models.CharField(max_length=120)
    number = models.CharField(max_length=80)
    ruled_on = models.DateField()
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    decision_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.ENTERED)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("ruling of a court")
        verbose_name_plural = _("rulings of courts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="ENTERED"), name="one_open_ruling_a_case"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "number"],
                condition=~Q(state="SENT_BACK"),
                name="a_ruling_is_entered_once",
            ),
            models.CheckConstraint(
                name="ruling_is_confirmed_by_another",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                violation_error_message=_("A second person confirms what you entered."),
            ),
            models.CheckConstraint(
                name="ruling_check_is_whole",
                condition=Q(state="ENTERED", checked_by__isnull=True, checked_at__isnull=True, words="")
                | Q(state="CONFIRMED", checked_by__isnull=False, checked_at__gte=F("entered_at"), words="")
                | (
                    Q(state="SENT_BACK", checked_by__isnull=False, checked_at__gte=F("entered_at"))
                    & ~Q(words="")
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(F("entered_at").desc(), name="rulings_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.court}, {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the second person."""
        return self.state == self.State.ENTERED

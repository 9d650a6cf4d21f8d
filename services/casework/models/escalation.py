"""The ladder over the office's clocks: its rungs, as the pack gives them, and each one that a case has passed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class Told(models.TextChoices):
    """Who hears of a clock at a rung. Officer and supervisor get a notice; the others read of it in the morning."""

    OFFICER = "OFFICER", _("Whoever has the file")
    SUPERVISOR = "SUPERVISOR", _("Supervisor")
    HEAD = "HEAD", _("Head of the office")
    HEAD_OF_GOVERNMENT = "HEAD_OF_GOVERNMENT", _("Head of the government")
    INSPECTORATE = "INSPECTORATE", _("Inspectorate")


class EscalationRung(models.Model):
    """One rung: at so many per cent of a clock somebody hears of it. `service` is its slug, "" for every other one."""

    service = models.SlugField(max_length=60, blank=True, default="")
    percent = models.PositiveSmallIntegerField()
    tells = models.CharField(max_length=20, choices=Told)

    class Meta:
        ordering = ("service", "percent")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "percent"], name="one_rung_a_percent"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=1000), name="rung_stands_on_the_ladder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service or '*'}: {self.percent} % → {self.tells}"


class EscalationHop(models.Model):
    """A rung that a clock of a case has passed, once for each: the clock is its name and the moment it started.

    `reached_at` is when the rung came, `passed_at` when the system noted it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="hops")
    clock = models.CharField(max_length=30)
    clock_started_at = models.DateTimeField()
    percent = models.PositiveSmallIntegerField()
    tells = models.CharField(max_length=20, choices=Told)
    reached_at = models.DateTimeField()
    passed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "clock", "clock_started_at", "percent"], name="one_hop_a_rung_and_clock"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("tells", "case", name="hop_by_whom_it_tells"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.clock} {self.percent} %"


class WhyQuestion(models.Model):
    """The head of the government asks the head of an office why a case stands where it stands. Nobody changes it after.

    `due_at` is by when an answer is owed. Once answered, the answer and whose it is stand beside it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="why_questions")
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    words = models.TextField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at__isnull=True), name="one_open_why_a_case"
            ),
            models.CheckConstraint(
                name="why_is_answered_by_somebody",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.asked_at:%F}"

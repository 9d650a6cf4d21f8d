"""When somebody is not on duty, by days, and what kind of reason. Nothing about anybody's health."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.accounts.models.user import User
from services.foundation import clock


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences as they are asked for."""

    def open(self, *, at: datetime) -> Self:
        """Those that run on the day of `at` or are still to come."""
        return self.filter(ended_at=None, last_date__gte=clock.local_date(at))

    def running(self, *, at: datetime) -> Self:
        """Those that run on the day of `at`."""
        return self.open(at=at).filter(first_date__lte=clock.local_date(at))


class Absence(models.Model):
    """Days, both included, on which an officer is away. Written by `operations` only; never deleted.

    `begun_at` is when it took effect: the desk was cleared of so many `files`. `ended_at` is kept only of what ended early.
    """

    class Kind(models.TextChoices):
        """What kind of reason; never which illness."""

        LEAVE = "LEAVE", _("Leave")
        ILLNESS = "ILLNESS", _("Sick leave")
        TRAINING = "TRAINING", _("Training")
        MISSION = "MISSION", _("Duty elsewhere")
        OTHER = "OTHER", _("Another reason")

    officer = models.ForeignKey(User, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=Kind)
    first_date = models.DateField()
    last_date = models.DateField()
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    files = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=Q(last_date__gte=F("first_date")),
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                name="whoever_ends_an_absence_is_named",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("officer", "last_date", name="absences_of_an_officer"),
            models.Index("first_date", name="absences_to_begin", condition=Q(begun_at=None, ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.first_date:%F} to {self.last_date:%F}"

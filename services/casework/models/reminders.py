"""What the applicant was reminded of before a silent case ends."""

from typing import ClassVar

from django.db import models

from services.casework.models.case import Case


class Reminder(models.Model):
    """One reminder that a case ends unless its applicant goes on with it: 1 the first, 2 the last; each once for a date."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reminders")
    step = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "ends_at", "step"], name="one_reminder_a_date_and_step"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.step}"

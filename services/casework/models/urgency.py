"""Cases proposed for an urgent class of their standard, each decided by a supervisor."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.models.case import Case


class Urgency(models.Model):
    """One proposal to put a case in front, with its reason; `overtook` are the cases that waited before it when that was granted."""

    class State(models.TextChoices):
        """Where the proposal stands."""

        PROPOSED = "PROPOSED", _("Waits for the supervisor")
        GRANTED = "GRANTED", pgettext_lazy("urgency", "Granted")
        DECLINED = "DECLINED", pgettext_lazy("urgency", "Declined")

    case = models.ForeignKey(Case, models.PROTECT, related_name="urgencies")
    code = models.CharField(max_length=60)
    words = models.TextField()
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    overtook = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="DECLINED"), name="one_urgency_of_a_case"
            ),
            models.CheckConstraint(
                name="urgency_is_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("Whoever proposes it does not decide it."),
            ),
            models.CheckConstraint(
                name="urgency_is_decided_whole",
                condition=Q(state="PROPOSED", decided_by__isnull=True, decided_at__isnull=True, answer="")
                | (
                    ~Q(state="PROPOSED")
                    & ~Q(answer="")
                    & Q(decided_by__isnull=False, decided_at__gte=F("proposed_at"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.code} {self.state}"

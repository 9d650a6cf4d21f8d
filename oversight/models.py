"""What oversight keeps: each stay of a case with whoever must act on it, and the figures of each day drawn from these.

All of it is drawn from the record and can be drawn again: see `operations.recompute_figures`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Stay(models.Model):
    """One stay of a sent case with one holder, from a transition to the next; none once nobody must act on it.

    `agency` is the one that had it then. `holder` is a hat, APPLICANT, or SYSTEM while the machine has it. `due_at` is
    what the office had promised in this stay; None while its clock stood still. The last stay of a passage says how the
    case left (`left_as`, a status); where the matter was settled also after how many working days of the office, and
    whether within what was promised.
    """

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="+")
    case_version = models.PositiveIntegerField()
    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="+")
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_arrival = models.BooleanField()
    holder = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    left_as = models.CharField(max_length=30, blank=True)
    office_days = models.PositiveSmallIntegerField(null=True)
    in_time = models.BooleanField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="one_stay_after_another"),
            models.CheckConstraint(
                name="stay_ends_after_it_begins",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="only_an_ended_stay_is_left", condition=Q(left_as="") | Q(ended_at__isnull=False)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["began_at", "id"], name="stays_by_beginning"),
            models.Index(fields=["ended_at", "id"], name="stays_by_end"),
            models.Index(fields=["due_at", "id"], name="open_stays", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.number} {self.holder}"


class DailyFigure(models.Model):
    """One number of one day, service and agency. Days are those of the government's time zone.

    `key` says of what kind: a status for OUT, working days for DAYS, a holder for WAITING and LATE, a code for DEFECT,
    "AGAIN" for what came in a second time; "" where there is nothing to tell apart.
    """

    class Measure(models.TextChoices):
        """What is counted. WAITING and LATE are stocks at the end of the day, all others happened on it."""

        IN = "IN", _("Came in")
        OUT = "OUT", _("Went out")
        DAYS = "DAYS", _("Settled, by working days")
        IN_TIME = "IN_TIME", _("Settled in time")
        OVER_TIME = "OVER_TIME", _("Settled too late")
        RETURNED = "RETURNED", _("Returned")
        DEFECT = "DEFECT", _("Returned, by reason")
        WAITING = "WAITING", _("Waiting")
        LATE = "LATE", _("Late")

    date = models.DateField()
    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="+")
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=10, choices=Measure)
    key = models.CharField(max_length=60, blank=True)
    value = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        permissions = (("view_dashboard", _("See the dashboard")), ("view_register", _("See the register")))
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["date", "service", "agency", "measure", "key"], name="one_figure_of_a_kind_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.measure} {self.key}: {self.value}"


class Refresh(models.Model):
    """Up to which moment the figures hold. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    as_of = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="figures_hold_up_to_one_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%F %T}"

"""When the portal, or a service of it, could not be used; and which dates of citizens were put off by that."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.models.case import Case
from services.casework.models.requests import ApplicantRequest
from services.foundation import clock, texts


class OutageQuerySet(models.QuerySet["Outage"]):
    """Outages as they are asked for."""

    def running(self) -> "OutageQuerySet":
        """Those that last."""
        return self.filter(ends_at=None, withdrawn_at=None)

    def unsettled(self) -> "OutageQuerySet":
        """Those by which dates will still move: while one of them is there, no date that it touches runs out."""
        return self.filter(moved_at=None, withdrawn_at=None)

    def to_move(self) -> "OutageQuerySet":
        """Those that a second person has confirmed, and by which not every date has moved yet, the earliest first."""
        return self.unsettled().filter(confirmed_at__isnull=False).order_by("confirmed_at", "pk")

    def declared(self) -> "OutageQuerySet":
        """Those that were not taken back, the latest first."""
        return self.filter(withdrawn_at=None).order_by("-begins_at", "-pk")


class Outage(models.Model):
    """A time in which the whole portal, or the `services` named by slug, could not be used. Written by `operations` only; never deleted.

    `words` tell the public what does not work, {"id": …, "en": …}. It lasts until somebody says when it ended; a second
    person confirms both moments, and only then the dates of citizens move. What is confirmed can be called wrong
    (`correction`), and no date comes earlier by that.
    """

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    services = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    words = models.JSONField()
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    moved = models.PositiveIntegerField(default=0)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    corrected_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)

    objects = OutageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="outage_ends_after_it_begins",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("The end must be later than the beginning."),
            ),
            models.CheckConstraint(
                name="outage_is_ended_by_somebody",
                condition=Q(ends_at=None, ended_by=None, ended_at=None)
                | Q(ends_at__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="outage_is_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (Q(ends_at__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("ended_by"))),
                violation_error_message=_("Whoever said when it ended does not confirm it."),
            ),
            models.CheckConstraint(
                name="outage_moves_dates_once_confirmed",
                condition=Q(moved_at=None, moved=0) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="outage_is_taken_back_before_it_is_confirmed",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_why="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, confirmed_at=None)
                    & ~Q(withdrawn_why="")
                ),
            ),
            models.CheckConstraint(
                name="outage_is_corrected_in_words",
                condition=Q(corrected_at=None, corrected_by=None, correction="")
                | (
                    Q(corrected_at__isnull=False, corrected_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(correction="")
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                "begins_at", name="outages_unsettled", condition=Q(moved_at=None, withdrawn_at=None)
            ),
            models.Index(F("begins_at").desc(), name="outages_latest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%F} {texts.local(self.words)}"

    @property
    def touches_all(self) -> bool:
        """Whether the whole portal was out of service."""
        return not self.services

    @property
    def is_running(self) -> bool:
        """Whether it lasts."""
        return self.ends_at is None and self.withdrawn_at is None


class OutageMove(models.Model):
    """One date of a citizen that an outage has put off, once; `since` is when its period began. Never changed, never earlier."""

    class What(models.TextChoices):
        """Which date it is."""

        FILE = "FILE", pgettext_lazy("date", "what is waited for")
        REQUEST = "REQUEST", pgettext_lazy("date", "an answer")
        OBJECTION = "OBJECTION", pgettext_lazy("date", "the objection")

    outage = models.ForeignKey(Outage, models.PROTECT, related_name="moves")
    case = models.ForeignKey(Case, models.PROTECT, related_name="outage_moves")
    what = models.CharField(max_length=10, choices=What)
    request = models.ForeignKey(ApplicantRequest, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    before = models.DateTimeField()
    after = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["outage", "case", "what", "request", "since"],
                nulls_distinct=False,
                name="an_outage_moves_a_date_once",
            ),
            models.CheckConstraint(
                name="an_outage_brings_no_date_earlier", condition=Q(after__gt=F("before"))
            ),
            models.CheckConstraint(
                name="an_outage_names_the_request_whose_date_it_moves",
                condition=Q(what="REQUEST", request__isnull=False)
                | (~Q(what="REQUEST") & Q(request__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("case", "what", name="outage_moves_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.what} {self.before:%F} {self.after:%F}"

    @property
    def days(self) -> int:
        """By how many calendar days it was put off."""
        from_day, to_day = (clock.local_date(moment) for moment in (self.before, self.after))
        return (to_day - from_day).days

"""What belongs to a review at the place itself: its appointments, what was noted there, and the minutes."""

from datetime import date, datetime, time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.models.reviews import Review
from services.foundation import clock


class Appointment(models.Model):
    """When and where an inspector comes; the newest of a review holds. Whoever applied may ask once for another time."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="appointments")
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=300)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    wish = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="appointment_ends_after_it_begins", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(
                name="another_time_is_asked_for_with_a_day_and_a_reason",
                condition=Q(asked_at__isnull=True, wish__isnull=True, reason="")
                | Q(asked_at__isnull=False, wish__isnull=False) & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(asked_at__isnull=False),
                name="another_time_is_asked_for_once_a_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.day}"

    @property
    def begins_at(self) -> datetime:
        """The moment from which the inspector is awaited."""
        return clock.moment_of(self.day, self.begins)

    @property
    def ends_at(self) -> datetime:
        """The moment until which the inspector is awaited."""
        return clock.moment_of(self.day, self.ends)

    @property
    def slot(self) -> tuple[date, time, time, str]:
        """When and where, to hold against another."""
        return self.day, self.begins, self.ends, self.place


class Noted(models.Model):
    """One thing noted at the place, a point of the checklist or a photo, as it was sent; it is never changed.

    Of a point the last one noted holds. `key` is made on the phone: what is sent twice is kept once.
    """

    class Answer(models.TextChoices):
        """What is said of a point."""

        YES = "YES", pgettext_lazy("checklist", "Yes")
        NO = "NO", pgettext_lazy("checklist", "No")
        NOT_APPLICABLE = "NOT_APPLICABLE", pgettext_lazy("checklist", "Not applicable")

    review = models.ForeignKey(Review, models.PROTECT, related_name="noted")
    key = models.UUIDField()
    item = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=20, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    photo = models.OneToOneField("documents.Sheet", models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("note from the place")
        verbose_name_plural = _("notes from the place")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "key"], name="what_is_sent_twice_is_noted_once"),
            models.CheckConstraint(
                name="noted_is_a_point_or_a_photo",
                condition=Q(photo__isnull=True) & ~Q(item="") | Q(photo__isnull=False, item="", answer=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("noted_by", "review", name="noted_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.item or self.photo_id}"


class Minutes(models.Model):
    """The minutes of an inspection, signed by whoever inspected; `code` is that of their sealed paper."""

    class Presence(models.TextChoices):
        """Who was there for whoever applied."""

        APPLICANT = "APPLICANT", pgettext_lazy("presence", "The applicant")
        REPRESENTATIVE = "REPRESENTATIVE", pgettext_lazy("presence", "Somebody for the applicant")
        NOBODY = "NOBODY", pgettext_lazy("presence", "Nobody")

    review = models.OneToOneField(Review, models.PROTECT, related_name="minutes")
    presence = models.CharField(max_length=20, choices=Presence)
    name = models.CharField(max_length=200, blank=True)
    others = models.CharField(max_length=500, blank=True)
    findings = models.TextField(blank=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    code = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="whoever_stands_for_the_applicant_is_named",
                condition=Q(presence="REPRESENTATIVE") & ~Q(name="")
                | ~Q(presence="REPRESENTATIVE") & Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.signed_at}"

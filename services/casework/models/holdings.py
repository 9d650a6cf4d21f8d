"""Who had a file on the desk, from when until when, and how it left."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case
from services.casework.models.reviews import Review


class Left(models.TextChoices):
    """How a file left a desk."""

    DONE = "DONE", _("Worked on and passed on")
    LAID_BACK = "LAID_BACK", _("Laid back into the queue")
    UNTOUCHED = "UNTOUCHED", _("Back into the queue, since nobody touched it")
    HANDED_OVER = "HANDED_OVER", _("Handed over by a supervisor")
    AWAY = "AWAY", _("Back into the queue, since the officer is away")
    MOVED = "MOVED", _("Moved on without the officer")


class Holding(models.Model):
    """A span in which one officer had a case on the desk, or one `review` of it, under which hat of which agency. Open while they have it.

    `in_time` and `step` are known of what was done: whether the office's clock had not run out, and by which transition
    the file left. `overtook` are the cases that waited before this one when it was taken.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="holdings")
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="holdings")
    officer = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    hat = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.CharField(max_length=12, choices=Left, blank=True)
    in_time = models.BooleanField(null=True, blank=True)
    overtook = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True, db_default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(left_at__isnull=True, review__isnull=True),
                name="one_desk_has_the_file",
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(left_at__isnull=True, review__isnull=False),
                name="one_desk_has_the_review",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by="") | (Q(left_at__isnull=False) & ~Q(left_by="")),
                name="a_file_that_left_the_desk_says_how",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("agency", "taken_at", name="holding_by_taking"),
            models.Index("agency", "left_at", name="holding_by_leaving"),
            models.Index("officer", "taken_at", name="holding_of_an_officer"),
            models.Index("officer", "left_at", name="holding_left_by_an_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.officer_id} {self.taken_at:%F}"

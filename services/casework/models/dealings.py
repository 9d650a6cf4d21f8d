"""What the office found and noted, what both sides wrote, and when the office's clock stood still."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class Defect(models.Model):
    """One thing that must be mended, tied to a document or an answer. `code` chooses the letter."""

    class Target(models.TextChoices):
        """What has the defect."""

        DOCUMENT = "DOCUMENT", _("Document")
        ANSWER = "ANSWER", _("Answer")

    case = models.ForeignKey(Case, models.PROTECT, related_name="defects")
    round = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=10, choices=Target)
    key = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    found_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "round", "target", "key", "code"], name="one_defect_once_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.key} {self.code}"


class ClockPause(models.Model):
    """A span in which the office's clock stood still, with what stopped it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    cause = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_open_pause_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.cause}"


class Message(models.Model):
    """One message of the dialogue between the citizen's side and the office. Both read it; nobody changes it.

    `author` is the officer who wrote it; None on the citizen's side, which may have no login.
    """

    class Side(models.TextChoices):
        """Who wrote it."""

        CITIZEN = "CITIZEN", _("Citizen")
        OFFICE = "OFFICE", _("Office")

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="message_of_the_office_has_an_author",
                condition=~Q(side="OFFICE") | Q(author__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.side} {self.written_at:%F}"


class CheckResult(models.Model):
    """What a check of the machine found, once for each sending. A thing that is not known is never held against anybody."""

    class Result(models.TextChoices):
        """What was found."""

        PASSED = "PASSED", _("Passed")
        FAILED = "FAILED", _("Failed")
        UNKNOWN = "UNKNOWN", _("Not known")

    case = models.ForeignKey(Case, models.PROTECT, related_name="check_results")
    round = models.PositiveSmallIntegerField()
    check_name = models.CharField(max_length=60)
    result = models.CharField(max_length=10, choices=Result)
    details = models.JSONField(default=dict, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "round", "check_name"], name="one_result_a_check_and_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.check_name} {self.result}"


class OfficeNote(models.Model):
    """A note for the office. Never shown to the applicant's side, never editable."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}: {self.written_at:%F}"

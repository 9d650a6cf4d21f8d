"""The report itself, one to one with its case, and what the office said to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.models.category import Category
from complaints.models.key import ApiKey
from services.casework.models import Case


class Visibility(models.TextChoices):
    """Who reads a report. A confidential one is read by nobody but its receiver and its reporter."""

    PUBLIC = "PUBLIC", _("Everybody")
    ANONYMOUS = "ANONYMOUS", _("Everybody, without me")
    CONFIDENTIAL = "CONFIDENTIAL", _("Only the office that receives it")


class TakenHow(models.TextChoices):
    """How an officer took a report down for somebody who did not write it themselves."""

    COUNTER = "COUNTER", _("At the counter")
    TELEPHONE = "TELEPHONE", _("On the telephone")


class Complaint(models.Model):
    """What was reported. Where somebody can be told without an account stands sealed, and only notices open it.

    `published_at` is set while the public may read it; `head_due_at` is when an office that has not answered is shown
    to the head of government; `escalated_at` when the reporter said for the second time that nothing is solved.
    `program` is the one of somebody else that sent it for them, if any. `taken_by` is the officer who took it down for
    somebody at the counter of `taken_at`, or on its telephone; they neither handle nor read the file.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="complaint")
    category = models.ForeignKey(Category, models.PROTECT, related_name="complaints")
    visibility = models.CharField(max_length=15, choices=Visibility)
    shows_name = models.BooleanField(default=False)
    words = models.TextField()
    place = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_outside = models.BooleanField(default=False)
    contact_channel = models.CharField(max_length=10, blank=True)
    contact_sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=2)
    program = models.ForeignKey(ApiKey, models.PROTECT, null=True, blank=True, related_name="+")
    taken_how = models.CharField(max_length=10, choices=TakenHow, blank=True, default="", db_default="")
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.ForeignKey("government.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    passphrase_hash = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    head_due_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="confidential_report_is_never_published",
                condition=~Q(visibility="CONFIDENTIAL") | Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_public_report_shows_a_name",
                condition=Q(shows_name=False) | Q(visibility="PUBLIC"),
            ),
            models.CheckConstraint(
                name="a_point_has_both_numbers",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="sealed_contact_has_its_channel",
                condition=Q(contact_channel="", contact_sealed__isnull=True)
                | (~Q(contact_channel="") & Q(contact_sealed__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_report_taken_down_says_by_whom_and_where",
                condition=Q(taken_how="", taken_by__isnull=True, taken_at__isnull=True)
                | (~Q(taken_how="") & Q(taken_by__isnull=False, taken_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_report_escalates_after_it_was_reopened",
                condition=Q(escalated_at__isnull=True) | Q(reopened_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                F("published_at").desc(),
                F("case").desc(),
                name="published_reports",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                "category",
                F("published_at").desc(),
                F("case").desc(),
                name="published_of_a_category",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                "escalated_at",
                "case",
                name="escalated_reports",
                condition=Q(escalated_at__isnull=False),
            ),
            models.Index(
                "head_due_at",
                "case",
                name="reports_without_an_answer",
                condition=Q(head_due_at__isnull=False, first_answer_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)

    @property
    def seal_binding(self) -> str:
        """What the sealed contact is bound to, so that it cannot be moved to another row."""
        return f"complaints.complaint:{self.case_id}"


class Reply(models.Model):
    """What the office said to the report for all to read who may read it: a plan, an answer, why not."""

    class Kind(models.TextChoices):
        """What it says."""

        PLAN = "PLAN", _("Plan")
        ANSWER = "ANSWER", _("Answer")
        NOT_POSSIBLE = "NOT_POSSIBLE", _("Why it is not possible")
        NOT_OURS = "NOT_OURS", _("Who is responsible")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=15, choices=Kind)
    agency = models.ForeignKey("government.Agency", models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    words = models.TextField()
    planned_date = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.kind}"

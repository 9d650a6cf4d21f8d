"""Objections (keberatan, UU 30/2014 articles 75 to 77), each with the answer of a superior; and what an office did to a certificate."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.casework.models.case import Case


class StandingChange(models.Model):
    """What somebody of the office did to the certificate of an ended case, and why: what one may object to."""

    class Way(models.TextChoices):
        """What was done."""

        SUSPENDED = "SUSPENDED", _("Suspended")
        REINSTATED = "REINSTATED", _("Suspension lifted")
        REVOKED = "REVOKED", _("Revoked")

    case = models.ForeignKey(Case, models.PROTECT, related_name="standing_changes")
    way = models.CharField(max_length=10, choices=Way)
    reason = models.TextField()
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index("case", F("changed_at").desc(), name="standing_changes_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.way} {self.changed_at:%F}"


class Objection(models.Model):
    """One objection to one decision. `decision_by` and `decision_at` name the decision as it stood; nobody decided what the system did.

    `conditions` are those objected to, as they stand on the certificate, where it is `about` a condition.
    """

    class About(models.TextChoices):
        """What is objected to."""

        REFUSAL = "REFUSAL", _("The refusal")
        REVOCATION = "REVOCATION", _("The revocation of the certificate")
        SUSPENSION = "SUSPENSION", _("The suspension of the certificate")
        CONDITION = "CONDITION", _("A condition on the certificate")

    class Result(models.TextChoices):
        """What the superior answered."""

        CONFIRMED = "CONFIRMED", _("The decision stands")
        REPLACED = "REPLACED", _("Another decision takes its place")

    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    about = models.CharField(max_length=10, choices=About, default=About.REFUSAL, db_default="REFUSAL")
    conditions = models.JSONField(default=list, blank=True, db_default=[])
    decision_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision_at = models.DateTimeField()
    words = models.TextField()
    objected_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    objected_at = models.DateTimeField()
    due_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "about", "decision_at"], name="one_objection_to_a_decision"
            ),
            models.CheckConstraint(
                name="objection_names_its_conditions",
                condition=(Q(about="CONDITION") & ~Q(conditions=[]))
                | (~Q(about="CONDITION") & Q(conditions=[])),
            ),
            models.CheckConstraint(
                name="objection_is_answered_by_another",
                condition=Q(answered_by__isnull=True)
                | (~Q(answered_by=F("decision_by")) & ~Q(answered_by=F("objected_by"))),
                violation_error_message=_("Whoever decided does not answer the objection."),
            ),
            models.CheckConstraint(
                name="objection_answer_is_whole",
                condition=Q(result="", answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    ~Q(result="")
                    & ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_at__gte=F("objected_at"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.objected_at:%F} {self.result}"

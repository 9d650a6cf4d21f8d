"""What was sent: documents in their slots, and each sending as it was."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from services.casework.models.case import Case


class CaseDocument(models.Model):
    """A document of the applicant in a slot that the service's standard lists. Replaced ones stay, dated."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    slot = models.CharField(max_length=60)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "slot"],
                condition=Q(replaced_at__isnull=True),
                name="one_current_document_a_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.slot}"


class Submission(models.Model):
    """What was sent, each time it was sent: the base of "what changed since"."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    documents: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "round"], name="one_submission_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.round}"

"""A report that is not sent yet: kept on our side, so that nothing typed is lost with a session."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models


class ReportDraft(models.Model):
    """What was typed so far, by the browser that holds its signed cookie. Cleaned up when nobody comes back.

    `passphrase_sealed` is kept for the receipt alone, for a short while after sending.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    sent_reference = models.CharField(max_length=13, blank=True)
    passphrase_sealed = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["touched_at"], name="drafts_by_last_touch"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DraftPhoto(models.Model):
    """A photo of an unsent report."""

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="photos")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["draft", "position"], name="one_photo_at_each_position"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.position}"

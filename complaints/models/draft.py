"""A report that is not sent yet: kept on our side, so that nothing typed is lost with a session."""

import json
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models

from complaints.models.report import TakenHow
from services.foundation import sealing


class ReportDraft(models.Model):
    """What was typed so far, by the browser that holds its signed cookie. Cleaned up when nobody comes back.

    It may be about a bribe and hold a phone number, so it is sealed. The passphrase is kept for the receipt alone, for
    a short while after sending. `taken_by` is the officer who takes it down for somebody at the counter or on the
    telephone (`taken_how`); nobody else sees it then, whoever sits at that browser.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answers_sealed = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    sent_reference = models.CharField(max_length=13, blank=True)
    passphrase_sealed = models.BinaryField(null=True)
    taken_how = models.CharField(max_length=10, choices=TakenHow, blank=True, default="", db_default="")
    taken_by = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["touched_at"], name="drafts_by_last_touch"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_kept(self) -> bool:
        """Whether it has a row; before anything is typed it has none."""
        return not self._state.adding

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, unsealed."""
        if self.answers_sealed is None:
            return {}
        found: dict[str, Any] = json.loads(
            sealing.unseal(self.answers_sealed, bound_to=self._place("answers"))
        )
        return found

    @property
    def passphrase(self) -> str:
        """The passphrase of what was sent from here, as long as the receipt shows it; else ""."""
        if self.passphrase_sealed is None:
            return ""
        return sealing.unseal(self.passphrase_sealed, bound_to=self._place("passphrase"))

    def seal_answers(self, answers: dict[str, Any]) -> None:
        """Put answers into the row, sealed to it."""
        text = json.dumps(answers, ensure_ascii=False)
        self.answers_sealed = sealing.seal(text, bound_to=self._place("answers"))

    def seal_passphrase(self, passphrase: str) -> None:
        """Put the passphrase into the row, sealed to it."""
        self.passphrase_sealed = sealing.seal(passphrase, bound_to=self._place("passphrase"))

    def _place(self, part: str) -> str:
        return f"complaints.draft:{self.id}:{part}"


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

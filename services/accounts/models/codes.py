"""Short secrets that were sent or printed: kept as keyed hashes, each with its end."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.accounts.models.person import Person
from services.accounts.models.user import User


class ClaimCode(models.Model):
    """A one-time code by which somebody takes over the person that a helper entered for them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claim_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("claim code")
        verbose_name_plural = _("claim codes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="claim_code_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="claim_code_is_used_by_somebody",
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.created_at:%F}"


class ConfirmationCode(models.Model):
    """A code sent to a person's phone, by which they say yes to one thing: `purpose` on `subject_key`.

    `phone_mask` is all that is kept of the number, so that a page can say where the code went.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="confirmation_codes")
    purpose = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=60)
    phone_mask = models.CharField(max_length=20)
    code_hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation code")
        verbose_name_plural = _("confirmation codes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="confirmation_code_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(name="confirmation_code_attempts_are_few", condition=Q(attempts__lte=5)),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["purpose", "subject_key", "-created_at"], name="latest_confirmation_code"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_key}"

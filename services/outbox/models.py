"""Messages: one row for each subscriber of each promise."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A promise to one subscriber. It waits, is done, or is parked for a person to look at."""

    topic = models.CharField(_("topic"), max_length=100)
    subscriber = models.CharField(_("subscriber"), max_length=200)
    queue = models.CharField(_("queue"), max_length=40)
    payload = models.JSONField(_("content"))
    secret_sealed = models.BinaryField(null=True)
    dedupe_key = models.CharField(_("key"), max_length=200)
    created_at = models.DateTimeField(_("created"))
    due_at = models.DateTimeField(_("due"))
    relayed_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done"), null=True)
    parked_at = models.DateTimeField(_("parked"), null=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ("view",)
        permissions = [("retry_message", "Can try a parked message again")]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key", "topic", "subscriber"], name="outbox_message_promised_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(secret_sealed__isnull=True),
                name="outbox_message_done_keeps_no_secret",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(parked_at__isnull=True),
                name="outbox_message_done_is_not_parked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="outbox_message_waiting",
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
            ),
            models.Index(
                fields=["-parked_at", "-id"],
                name="outbox_message_parked",
                condition=Q(parked_at__isnull=False),
            ),
            models.Index(fields=["done_at"], name="outbox_message_done", condition=Q(done_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.subscriber}"

    @property
    def place(self) -> str:
        """What the sealed secret is bound to."""
        return f"outbox:{self.topic}:{self.subscriber}:{self.dedupe_key}"

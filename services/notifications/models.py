"""Notices to people, their deliveries through a channel, and which channels a person wants."""

import json
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.accounts.models import Person, User
from services.foundation import sealing


class Channel(models.TextChoices):
    """The ways in which a notice leaves the house. The page is none of them: it always has the notice."""

    SMS = "SMS", _("SMS")
    EMAIL = "EMAIL", _("E-mail")
    WHATSAPP = "WHATSAPP", _("WhatsApp")


class Notice(models.Model):
    """What was said to one reader, in their language at the time; it never changes afterwards.

    `recipient` is the login that reads it on the page, `person` the one it concerns, who may have no login.
    """

    recipient = models.ForeignKey(
        User, verbose_name=_("reader"), on_delete=models.PROTECT, null=True, related_name="notices"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, related_name="notices"
    )
    notice = models.CharField(_("notice"), max_length=80)
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=200)
    page_html = models.TextField()
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    path = models.CharField(max_length=200, blank=True)
    legally_required = models.BooleanField(_("required by law"))
    dedupe_key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(_("created"))
    read_at = models.DateTimeField(_("read"), null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="notice_has_a_reader",
                condition=Q(recipient__isnull=False) | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_is_read_after_it_was_written",
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("created_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notices_of_a_reader"),
            models.Index(fields=["recipient"], name="unread_notices", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One sending through one channel: of a notice, or of a code or mail of the account (then `notice` is empty).

    The address is sealed and shown masked. What is sent stands sealed until it was sent; afterwards it is kept only
    where `KEEP_SENT_BODIES` (the demo's outbox page and the tests).
    """

    class State(models.TextChoices):
        """How far it got. FAILED is tried again by itself, PARKED waits for a person."""

        WAITING = "WAITING", _("Waiting")
        SENDING = "SENDING", _("Being sent")
        SENT = "SENT", _("Sent")
        FAILED = "FAILED", _("Failed, will be tried again")
        PARKED = "PARKED", _("Given up")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey(
        Notice, verbose_name=_("notice"), on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    purpose = models.CharField(_("purpose"), max_length=80)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address_sealed = models.BinaryField()
    address_masked = models.CharField(_("address"), max_length=254)
    body_sealed = models.BinaryField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    round = models.PositiveSmallIntegerField(_("times asked to send"), default=1)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    provider_id = models.CharField(_("number at the provider"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="delivery_sent_says_when",
                condition=Q(state="SENT", sent_at__isnull=False)
                | (~Q(state="SENT") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="deliveries_newest_first"),
            models.Index(
                fields=["state", "-created_at"],
                name="deliveries_not_sent",
                condition=~Q(state="SENT"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.address_masked}"

    @property
    def key(self) -> str:
        """The idempotency key: the same at every attempt, another when a person asks to send again."""
        return f"{self.id}-{self.round}"

    @property
    def address(self) -> str:
        """Where it goes, unsealed."""
        return sealing.unseal(self.address_sealed, bound_to=self._place("address"))

    @property
    def body(self) -> dict[str, str] | None:
        """What is sent (`subject`, `text`, `html`), or None once it was erased."""
        if self.body_sealed is None:
            return None
        content: dict[str, str] = json.loads(sealing.unseal(self.body_sealed, bound_to=self._place("body")))
        return content

    def seal(self, *, address: str, body: dict[str, Any]) -> None:
        """Put address and content into the row, sealed to it."""
        self.address_sealed = sealing.seal(address, bound_to=self._place("address"))
        self.body_sealed = sealing.seal(json.dumps(body, ensure_ascii=False), bound_to=self._place("body"))

    def _place(self, part: str) -> str:
        return f"notifications.delivery:{self.id}:{part}"


class Preference(models.Model):
    """Whether a person wants notices through a channel; without a row the channel's default holds."""

    DEFAULTS = {Channel.SMS: True, Channel.EMAIL: True, Channel.WHATSAPP: False}

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_preferences")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    enabled = models.BooleanField(_("wanted"))

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="preference_for_each_channel_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.enabled}"

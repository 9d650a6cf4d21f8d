"""Keys of programs that send reports for people. The key itself is shown once; here stands what recognises it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.accounts.models import User


class ApiKey(models.Model):
    """The key of one program. `digest` is a blind index of it, `start` its first letters, by which people tell keys apart.

    `made_by` is nobody where whoever holds the machine made it by command.
    """

    name = models.CharField(_("program"), max_length=80)
    contact = models.CharField(_("who answers for it"), max_length=120)
    start = models.CharField(_("begins with"), max_length=12)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    made_by = models.ForeignKey(
        User, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, verbose_name=_("revoked by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("key of a program")
        verbose_name_plural = _("keys of programs")
        ordering = ("-id",)
        default_permissions = ("view",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_revoked_key_says_by_whom_and_why",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def story(self) -> list[tuple[str | Promise, Any]]:
        """What happened to this key, as names and values, without what did not happen."""
        told = [
            (_("Program"), self.name),
            (_("Who answers for it"), self.contact),
            (_("Begins with"), f"{self.start}…"),
            (_("Made at"), self.made_at),
            (_("Made by"), self.made_by and self.made_by.get_full_name()),
            (_("Last used"), self.last_used_at or _("never")),
            (_("Revoked at"), self.revoked_at),
            (_("Revoked by"), self.revoked_by and self.revoked_by.get_full_name()),
            (_("Reason"), self.reason),
        ]
        return [(name, value) for name, value in told if value]

"""A natural person: name, NIK, district. Perhaps without a login."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.accounts.models.user import User


class Person(models.Model):
    """Somebody who applies, complains or serves. One of a user's persons is their own; others were claimed by code.

    The NIK stands sealed (bound to this row) beside a blind index by which an equal one is found; it is written and
    read by `operations` only, and every reading for display is an event. `nik_mask` is what pages show without one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, null=True, blank=True, related_name="persons"
    )
    is_own = models.BooleanField(_("the user's own"), default=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    nik_sealed = models.BinaryField(null=True, blank=True)
    nik_index = models.BinaryField(max_length=32, null=True, blank=True)
    nik_mask = models.CharField(_("NIK"), max_length=16, blank=True, default="")
    nik_verified_at = models.DateTimeField(_("NIK verified at"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True, default="")
    district = models.ForeignKey(
        "government.District",
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"],
                name="user_is_one_person",
                condition=Q(is_own=True, user__isnull=False),
                violation_error_message=_("A login belongs to one person."),
            ),
            models.UniqueConstraint(
                fields=["nik_index"],
                name="nik_is_unique_among_verified_persons",
                condition=Q(nik_verified_at__isnull=False, is_own=True),
                violation_error_message=_("This NIK already belongs to another verified person."),
            ),
            models.CheckConstraint(
                name="person_claimed_by_code_has_its_user",
                condition=Q(is_own=True) | Q(user__isnull=False),
                violation_error_message=_("A person is claimed by somebody."),
            ),
            models.CheckConstraint(
                name="person_without_a_login_has_a_name",
                condition=Q(user__isnull=False) | ~Q(name=""),
                violation_error_message=_("A person without a login needs a name."),
            ),
            models.CheckConstraint(
                name="person_nik_is_sealed_and_indexed_together",
                condition=Q(nik_sealed__isnull=True, nik_index__isnull=True, nik_mask="")
                | (Q(nik_sealed__isnull=False, nik_index__isnull=False) & ~Q(nik_mask="")),
                violation_error_message=_("A NIK is kept sealed together with its index."),
            ),
            models.CheckConstraint(
                name="person_has_the_nik_that_was_verified",
                condition=Q(nik_verified_at__isnull=True) | Q(nik_index__isnull=False),
                violation_error_message=_("A NIK that is not there cannot be verified."),
            ),
            models.CheckConstraint(
                name="person_phone_is_international",
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"),
                violation_error_message=_(
                    "A phone number is kept with its country code, as in +6281234567890."
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["nik_index"], name="person_by_nik", condition=Q(nik_index__isnull=False)),
            models.Index(fields=["phone"], name="person_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)

    @property
    def has_nik(self) -> bool:
        """Whether a NIK is on file. Reading it takes `operations.reveal_nik`."""
        return self.nik_index is not None

    @property
    def seal_binding(self) -> str:
        """What the sealed NIK is bound to, so that it cannot be moved to another row."""
        return f"accounts.person:{self.id}"

    @property
    def contact_phone(self) -> str:
        """Where this person is reached by SMS: the verified phone of the login, else the number they gave; "" if none."""
        if self.user and self.user.phone and self.user.phone_verified_at:
            return self.user.phone
        return self.phone

"""The login: phone, e-mail, language. Rights are not here; they come from hats."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from services.accounts.managers import UserManager
from services.foundation import clock, identity

if TYPE_CHECKING:
    from services.accounts.models.person import Person


class Language(models.TextChoices):
    """The languages the portal speaks. Each is named in itself, so that its readers find it."""

    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


class User(AbstractBaseUser):
    """Somebody who can sign in. Known to the record by `pseudonym`, never by name, phone or e-mail.

    Django's own ideas of superuser, groups and permissions of a user are absent on purpose: `backends.HatBackend`
    answers for permissions, from the hats the user wears today.
    """

    USERNAME_FIELD = "pseudonym"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_superuser = False

    id = models.BigAutoField(primary_key=True)
    pseudonym = models.UUIDField(_("pseudonym"), default=uuid4, unique=True, editable=False)
    phone = models.CharField(_("phone"), max_length=16, null=True, blank=True, unique=True)
    phone_verified_at = models.DateTimeField(_("phone verified at"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.INDONESIAN)
    #: Whether single keys do something on the desk (WCAG 2.1.4: whoever is disturbed by them switches them off).
    uses_keys = models.BooleanField(_("uses keys on the desk"), default=True, db_default=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"))

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="user_phone_is_international",
                condition=Q(phone__isnull=True) | Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"),
                violation_error_message=_(
                    "A phone number is kept with its country code, as in +6281234567890."
                ),
            ),
            models.CheckConstraint(
                name="user_email_is_lower_case",
                condition=Q(email__isnull=True) | (Q(email=Lower(F("email"))) & ~Q(email="")),
                violation_error_message=_("An e-mail address is kept in small letters."),
            ),
            models.CheckConstraint(
                name="user_has_the_phone_that_was_verified",
                condition=Q(phone_verified_at__isnull=True) | Q(phone__isnull=False),
                violation_error_message=_("A phone number that is not there cannot be verified."),
            ),
            models.CheckConstraint(
                name="user_reads_a_language_we_speak",
                condition=Q(language__in=Language.values),
                violation_error_message=_("Choose one of the languages of this site."),
            ),
        ]

    def __str__(self) -> str:
        if self.phone:
            return identity.mask_phone(self.phone)
        return identity.mask_email(self.email) if self.email else str(self.pseudonym)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep "no e-mail" as NULL, since allauth writes an empty string and empty strings are not unique."""
        self.email = self.email or None
        super().save(*args, **kwargs)

    @cached_property
    def person(self) -> "Person":
        """The person this login belongs to. Raises Person.DoesNotExist for a login that never finished signing up."""
        return self.persons.get(is_own=True)

    # Asked once for each instance. The backend brings the first four together with the user of a request.

    @cached_property
    def wears_a_hat(self) -> bool:
        """Whether the user wears any hat today."""
        return bool(self.hats_today)

    @cached_property
    def is_at_inspectorate(self) -> bool:
        """Whether the user wears any hat of the inspectorate today."""
        return self.memberships.in_force(at=clock.now()).filter(agency__role="INSPECTORATE").exists()

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app is set up."""
        return bool(self.authenticator_set.filter(type="totp").exists())  # type: ignore[attr-defined]

    @cached_property
    def own_name(self) -> str:
        """The name of the user's own person; "" as long as they have not said it."""
        return self.persons.filter(is_own=True).values_list("name", flat=True).first() or ""

    @property
    def has_a_name(self) -> bool:
        """Whether the person has said who they are."""
        return bool(self.own_name)

    @cached_property
    def hats_today(self) -> frozenset[str]:
        """Every hat the user wears today, in whichever agency."""
        memberships = self.memberships.in_force(at=clock.now())
        return frozenset(memberships.values_list("hat", flat=True))

    @property
    def is_staff(self) -> bool:
        """Django's word for who may enter the admin: whoever wears a hat today."""
        return self.is_active and self.wears_a_hat

    def get_username(self) -> str:
        """The pseudonym as text: templates of the admin take its first letter."""
        return str(self.pseudonym)

    def get_full_name(self) -> str:
        """The person's name, or how the login is known."""
        return self.own_name or str(self)

    def get_short_name(self) -> str:
        """The same as the full name: many Indonesian names are a single word."""
        return self.get_full_name()

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether a hat of today gives this Django permission."""
        return self.is_active and any(backend.has_perm(self, perm, obj) for backend in auth.get_backends())

    def has_perms(self, perm_list: list[str], obj: models.Model | None = None) -> bool:
        """Whether hats of today give all of these permissions."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether a hat of today gives any permission in this app."""
        return self.is_active and any(
            backend.has_module_perms(self, app_label)  # type: ignore[attr-defined]
            for backend in auth.get_backends()
        )

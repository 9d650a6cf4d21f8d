"""A business that holds licences, the people who may act for it, and those who are invited to."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    """What kind of body a business is; a stall is its owner."""

    SOLE = "SOLE", _("A person's own business (a stall, a shop, UD)")
    CV = "CV", _("CV")
    FIRMA = "FIRMA", _("Firma")
    PT = "PT", _("PT")
    PT_PERORANGAN = "PT_PERORANGAN", _("PT Perorangan")
    KOPERASI = "KOPERASI", _("Cooperative")
    YAYASAN = "YAYASAN", _("Foundation")
    PERKUMPULAN = "PERKUMPULAN", _("Association")


class KbliScheme(models.TextChoices):
    """By which edition of the national classification (KBLI) a code is read; both are in use."""

    KBLI_2020 = "2020", _("KBLI 2020")
    KBLI_2025 = "2025", _("KBLI 2025")


class Business(models.Model):
    """A business as its people entered it. The NIB is the national number; a stall has none and needs none."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=150)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    kbli_scheme = models.CharField(_("KBLI edition"), max_length=4, choices=KbliScheme, blank=True)
    kbli_code = models.CharField(_("KBLI code"), max_length=5, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True)
    address = models.CharField(_("address"), max_length=300)
    district = models.ForeignKey(
        "government.District", models.PROTECT, verbose_name=_("district"), related_name="+"
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        ordering = ("name", "id")
        indexes: ClassVar[list[models.Index]] = [models.Index(Lower("name"), name="business_by_name")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["nib"],
                name="nib_belongs_to_one_business",
                condition=~Q(nib=""),
                violation_error_message=_("This NIB belongs to another business."),
            ),
            models.CheckConstraint(
                name="nib_has_thirteen_digits",
                condition=Q(nib="") | Q(nib__regex=r"^[0-9]{13}$"),
                violation_error_message=_("An NIB has 13 digits."),
            ),
            models.CheckConstraint(
                name="kbli_code_has_five_digits_and_its_edition",
                condition=Q(kbli_code="", kbli_scheme="")
                | (Q(kbli_code__regex=r"^[0-9]{5}$") & ~Q(kbli_scheme="")),
                violation_error_message=_("A KBLI code has 5 digits and belongs to an edition."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BusinessMember(models.Model):
    """Somebody who may act for a business: from one day on, until another on which it no longer holds. Never deleted."""

    business = models.ForeignKey(Business, models.PROTECT, related_name="members")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a business")
        verbose_name_plural = _("members of businesses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["business", "person"],
                name="person_acts_for_a_business_once",
                condition=Q(valid_until=None),
            ),
            models.CheckConstraint(
                name="membership_of_a_business_ends_after_its_start",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "business"], name="businesses_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.business_id}"


class Invitation(models.Model):
    """A one-time code by which somebody else may act for a business. Where it went is kept masked, the code as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    business = models.ForeignKey(Business, models.PROTECT, related_name="invitations")
    sent_to = models.CharField(max_length=80)
    code_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="invitation_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="invitation_is_used_by_somebody",
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_used_or_withdrawn",
                condition=Q(used_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.created_at:%F}"

"""Certificates: what was granted, on paper that can be checked without asking us."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.documents.storage import certificate_path, private_storage
from services.foundation import clock


class NumberSeries(models.Model):
    """The last number given in one prefix and year; its row lock is what keeps numbers unique and without gaps."""

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="one_series_for_each_prefix_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}/{self.last_number}/{self.year}"


class Certificate(models.Model):
    """One certificate, with the making of its paper (`state`) and its standing in law (`standing`) kept apart."""

    class State(models.TextChoices):
        """Where the signature stands."""

        TO_SIGN = "TO_SIGN", _("Waiting for its signature")
        SIGNING = "SIGNING", _("Being signed")
        SIGNED = "SIGNED", _("Signed")
        FAILED = "FAILED", _("Signing failed, will be tried again")

    class Standing(models.TextChoices):
        """What the certificate is worth today."""

        ACTIVE = "ACTIVE", _("Valid")
        SUSPENDED = "SUSPENDED", pgettext_lazy("certificate", "Suspended")
        EXPIRED = "EXPIRED", _("Expired")
        REVOKED = "REVOKED", _("Revoked")

    #: What is still in somebody's hands as a right, usable now or not.
    IN_FORCE: ClassVar = (Standing.ACTIVE, Standing.SUSPENDED)

    class Signer(models.TextChoices):
        """Whose signature it is: the office's seal, or a named person's."""

        SEAL = "SEAL", _("Seal of the office")
        PERSONAL = "PERSONAL", _("Personal signature")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    prefix = models.CharField(max_length=20)
    sequence = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=20, unique=True)
    dedupe_key = models.CharField(max_length=200, unique=True)
    reference = models.CharField(max_length=20, db_index=True)
    kind = models.CharField(max_length=60)
    agency_code = models.CharField(max_length=60)
    holder_name = models.CharField(max_length=200)
    title = models.JSONField()
    content = models.JSONField()
    template = models.CharField(max_length=60)
    signer = models.CharField(max_length=10, choices=Signer, default=Signer.SEAL)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.TO_SIGN)
    failure = models.CharField(max_length=300, blank=True)
    signing_since = models.DateTimeField(null=True, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.ACTIVE)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.TextField(blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspension_reason = models.TextField(blank=True)
    #: The court's ruling that suspends or ends it now, which anybody may read: `court`, `number`, `date`; {} for none.
    ruling = models.JSONField(default=dict, blank=True, db_default={})
    #: The certificate that took its place, once that was signed.
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    file = models.FileField(storage=private_storage, upload_to=certificate_path, max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    signer_fingerprint = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year", "sequence"], name="a_number_is_given_once"),
            models.CheckConstraint(
                name="a_signed_certificate_has_its_file_and_time",
                condition=Q(state="SIGNED", signed_at__isnull=False) & ~Q(file="") & ~Q(sha256="")
                | ~Q(state="SIGNED") & Q(signed_at__isnull=True, file="", sha256=""),
            ),
            models.CheckConstraint(
                name="a_signed_certificate_names_its_signer",
                condition=Q(state="SIGNED") & ~Q(signer_fingerprint="")
                | ~Q(state="SIGNED") & Q(signer_fingerprint=""),
            ),
            models.CheckConstraint(
                name="a_failed_signature_says_why",
                condition=Q(state="FAILED") & ~Q(failure="") | ~Q(state="FAILED") & Q(failure=""),
            ),
            models.CheckConstraint(
                name="signing_knows_since_when",
                condition=Q(state="SIGNING", signing_since__isnull=False)
                | ~Q(state="SIGNING") & Q(signing_since__isnull=True),
            ),
            models.CheckConstraint(
                name="a_revoked_certificate_says_when_and_why",
                condition=Q(standing="REVOKED", revoked_at__isnull=False) & ~Q(revocation_reason="")
                | ~Q(standing="REVOKED") & Q(revoked_at__isnull=True, revocation_reason=""),
            ),
            models.CheckConstraint(
                name="a_suspended_certificate_says_since_when_and_why",
                condition=Q(standing="SUSPENDED", suspended_at__isnull=False) & ~Q(suspension_reason="")
                | ~Q(standing="SUSPENDED") & Q(suspended_at__isnull=True, suspension_reason=""),
            ),
            models.CheckConstraint(
                name="only_what_has_an_end_expires",
                condition=~Q(standing="EXPIRED") | Q(valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="validity_ends_after_it_starts",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="certificates_by_paper", condition=~Q(sha256="")),
            models.Index(fields=["signer_fingerprint"], name="certificates_by_signer"),
            models.Index(
                fields=["valid_until"],
                name="certificates_to_expire",
                condition=Q(standing__in=["ACTIVE", "SUSPENDED"]),
            ),
            models.Index(fields=["agency_code", "-created_at"], name="certificates_of_an_agency"),
            models.Index(
                fields=["-signed_at", "-id"], name="certificates_by_signing", condition=Q(state="SIGNED")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_signed(self) -> bool:
        """Whether the paper exists and bears its signature."""
        return self.state == self.State.SIGNED


def in_force(*, at: datetime, prefix: str = "") -> Q:
    """The condition under which a certificate is in somebody's hands on the day of `at`; `prefix` reaches it from another model."""
    day = clock.local_date(at)
    return Q(**{f"{prefix}standing__in": Certificate.IN_FORCE}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )

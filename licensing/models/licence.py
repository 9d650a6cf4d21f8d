"""An application for a licence beside its case, and the licence that comes of it beside its certificate."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licensing.models.business import Business


class LicenceApplication(models.Model):
    """The application's own row, one to one with the case: for which business it is, and which licence it renews."""

    case = models.OneToOneField(
        "casework.Case", models.PROTECT, primary_key=True, related_name="licence_application"
    )
    business = models.ForeignKey(Business, models.PROTECT, null=True, blank=True, related_name="applications")
    renews = models.ForeignKey(
        "licensing.Licence", models.PROTECT, null=True, blank=True, related_name="renewals"
    )

    def __str__(self) -> str:
        return str(self.case_id)


class Licence(models.Model):
    """The continuing right: who holds it, by which decision, on which paper. What it is worth is the certificate's standing."""

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="licence")
    certificate = models.OneToOneField("documents.Certificate", models.PROTECT, related_name="licence")
    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="licences"
    )
    business = models.ForeignKey(Business, models.PROTECT, null=True, blank=True, related_name="licences")
    granted_at = models.DateTimeField(_("granted at"))
    #: Of the reminders before its end, the one that was given last: how many days before.
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ("-granted_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="licence_has_one_holder",
                condition=Q(person=None, business__isnull=False) | Q(person__isnull=False, business=None),
                violation_error_message=_("A licence is held by a person or by a business."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "service"], name="licences_of_a_person"),
            models.Index(fields=["business", "service"], name="licences_of_a_business"),
            models.Index(models.F("granted_at").desc(), models.F("id").desc(), name="latest_licences"),
        ]

    def __str__(self) -> str:
        return self.certificate.number

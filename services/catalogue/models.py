"""Public services, their immutable versions, and the times the law gives."""

from functools import cached_property
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.catalogue.definition import ServiceDefinition
from services.foundation import texts
from services.government.models import Agency


class Service(models.Model):
    """A public service, known by its slug for as long as the portal lives.

    `name` and `summary` are those of the current version, kept here so that a list needs no definition. `words` are the words
    a person may search with, for the correction of typing errors; `search` is the full-text vector over all of them.
    """

    class Kind(models.TextChoices):
        """Which app handles it."""

        PERMIT = "PERMIT", _("permit")
        LICENCE = "LICENCE", _("licence")
        COMPLAINT = "COMPLAINT", _("complaint")

    slug = models.SlugField(_("page address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    agency = models.ForeignKey(
        Agency, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="services_offered"
    )
    name = models.JSONField(_("name"))
    summary = models.JSONField(_("summary"))
    is_listed = models.BooleanField(_("offered now"), default=True)
    rank = models.PositiveSmallIntegerField(_("rank among the most needed"), null=True, blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name = _("public service")
        verbose_name_plural = _("public services")
        ordering = ("slug",)
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["search"], name="service_search")]

    def __str__(self) -> str:
        return texts.local(self.name) or self.slug


class ServiceVersion(models.Model):
    """One published version of a service. A trigger refuses every change but its retirement, and every deletion.

    Cases and certificates cite the version, so that the rules of a case never change under it.
    """

    service = models.ForeignKey(
        Service, verbose_name=_("public service"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    definition = models.JSONField(_("definition"))
    digest = models.CharField(_("digest"), max_length=64)
    #: Whether the machine gives out its files by lot: what the definition says, so that a queue can ask for it.
    is_given_out = models.BooleanField(_("given out by lot"), default=False, db_default=False)
    published_at = models.DateTimeField(_("published"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a service")
        verbose_name_plural = _("versions of services")
        ordering = ("service", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "number"], name="version_number_is_used_once"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(retired_at=None), name="service_has_one_current_version"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(retired_at__gte=F("published_at")),
                name="version_retires_after_its_publication",
            ),
            models.CheckConstraint(
                condition=Q(
                    definition__standard__has_keys=[
                        "requirements",
                        "procedure",
                        "time",
                        "fee",
                        "product",
                        "complaints",
                    ]
                ),
                name="published_version_has_six_public_components",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} v{self.number}"

    @cached_property
    def parsed(self) -> ServiceDefinition:
        """The definition as its shapes; parsed once for each instance."""
        return ServiceDefinition.model_validate(self.definition)


class Deadline(models.Model):
    """A time the law or a decree gives, from a date on. The newest row whose `valid_from` has come is in force."""

    class Unit(models.TextChoices):
        """Laws mix working days, calendar days and hours (PP 28/2025), so the unit is stored."""

        WORKING_DAY = "WORKING_DAY", _("working days")
        CALENDAR_DAY = "CALENDAR_DAY", _("calendar days")
        HOUR = "HOUR", _("hours")

    code = models.SlugField(_("code"), max_length=60)
    label = models.JSONField(_("label"))
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    starts_with = models.CharField(_("starts with the event"), max_length=100)
    paused_by = models.JSONField(_("paused by"), default=list, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("code", "-valid_from")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_deadline_for_a_code_and_date"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="deadline_gives_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.amount} {self.get_unit_display()}"

"""What reports can be about, and which office each goes to. All rows come from a pack."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.foundation import texts


class Category(models.Model):
    """One kind of matter. A category that the pack no longer has is withdrawn; its cases keep it.

    `name` and `group_name` hold {"id": …, "en": …}; `settlement` is the code of the time (deadlines.yaml) in which it
    is settled; `words` are those a person may type, `search` the full-text vector over all of them.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.JSONField(_("name"))
    group = models.SlugField(_("group"), max_length=60)
    group_name = models.JSONField(_("name of the group"))
    agency = models.ForeignKey(
        "government.Agency", verbose_name=_("agency"), on_delete=models.PROTECT, related_name="+"
    )
    settlement = models.SlugField(_("time to settle it"), max_length=60)
    is_confidential = models.BooleanField(_("always confidential"), default=False)
    is_listed = models.BooleanField(_("offered now"), default=True)
    rank = models.PositiveSmallIntegerField(_("place in the list"))
    words = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        verbose_name = _("category of reports")
        verbose_name_plural = _("categories of reports")
        ordering = ("rank", "code")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return texts.local(self.name) or self.code


class Route(models.Model):
    """The office for a category in one district, where it is not the category's own."""

    category = models.ForeignKey(
        Category, verbose_name=_("category of reports"), on_delete=models.CASCADE, related_name="routes"
    )
    district = models.ForeignKey(
        "government.District", verbose_name=_("district"), on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(
        "government.Agency", verbose_name=_("agency"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("route of reports")
        verbose_name_plural = _("routes of reports")
        default_permissions = ("view",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["category", "district"], name="one_route_for_a_category_and_district"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id}/{self.district_id}"


class ComplaintsOffice(models.Model):
    """Who receives reports, under which public service, and what is answered to danger. One row.

    `danger` holds {"number": "112", "words": […]}: the words after which the number is shown at once.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    agency = models.ForeignKey(
        "government.Agency", verbose_name=_("agency"), on_delete=models.PROTECT, related_name="+"
    )
    service = models.SlugField(_("public service"), max_length=60)
    danger = models.JSONField(_("danger"), default=dict)

    class Meta:
        verbose_name = _("complaints office")
        verbose_name_plural = _("complaints office")
        default_permissions = ("view",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_complaints_office"),
        ]

    def __str__(self) -> str:
        return self.service

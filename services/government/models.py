"""Who governs, where, and on which days the offices work. All rows come from a pack."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.foundation import texts


class Government(models.Model):
    """The one government that this portal belongs to: a city or a province.

    `name` and `short_name` hold {"id": …, "en": …}; `tokens` the colours and drawings of its look, `contact` the help desk and
    its opening hours, `map` the outline (GeoJSON polygon), centre and zoom.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code = models.SlugField(_("code"), max_length=60)
    name = models.JSONField(_("name"))
    short_name = models.JSONField(_("short name"))
    tokens = models.JSONField(_("look"), default=dict)
    contact = models.JSONField(_("contact"), default=dict)
    map = models.JSONField(_("map"), default=dict)

    class Meta:
        verbose_name = _("government")
        verbose_name_plural = _("government")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="one_portal_has_one_government"),
        ]

    def __str__(self) -> str:
        return texts.local(self.name)


class Agency(models.Model):
    """An office of the government, or a commission that watches it from outside.

    `contact` holds phone, whatsapp, email, address {id, en}, opening hours {"mon": ["07:30", "16:00"], …} and a note {id, en}.
    """

    class Role(models.TextChoices):
        """What an agency is to the others: most are offices; integrity reports go to the other two."""

        OFFICE = "OFFICE", _("office")
        INSPECTORATE = "INSPECTORATE", _("inspectorate")
        COMMISSION = "COMMISSION", _("commission outside the government")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.JSONField(_("name"))
    short_name = models.JSONField(_("short name"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OFFICE)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    is_root = models.BooleanField(_("head of government"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    contact = models.JSONField(_("contact"), default=dict, blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ("code",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["is_root"], condition=Q(is_root=True), name="only_one_root_agency"
            ),
            models.CheckConstraint(
                condition=Q(is_root=False) | Q(parent=None), name="root_agency_has_no_parent"
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="agency_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return texts.local(self.short_name) or self.code


class District(models.Model):
    """A district by its dotted Kemendagri code: a kecamatan of a city, a regency or city of a province.

    A province has two levels: a regency or city (17.71) may be the parent of its kecamatan (17.71.01).
    """

    code = models.CharField(_("code"), max_length=13, unique=True)
    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ("code",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}(\.\d{2}){1,2}$"), name="district_code_is_dotted"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-11, 6), longitude__range=(95, 141)),
                name="district_lies_in_indonesia",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kecamatan(self) -> bool:
        """Whether it is one of the smallest units, with a code of three parts; a regency or city has two."""
        return self.code.count(".") > 1

    @property
    def full_name(self) -> str:
        """The name with that of the regency or city it lies in, where the pack has both: "Cepu, Kabupaten Blora"."""
        return f"{self.name}, {self.parent.name}" if self.parent else self.name


class HolidayOverride(models.Model):
    """A day on which this government differs from the national calendar: closed, or working after all."""

    date = models.DateField(_("date"), unique=True)
    is_working = models.BooleanField(_("offices work"), default=False)
    name = models.JSONField(_("name"))

    class Meta:
        verbose_name = _("holiday override")
        verbose_name_plural = _("holiday overrides")
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {texts.local(self.name)}"

"""Who is kept away from which case; and what people answered to the one question after a case, counted without them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Exclusion(models.Model):
    """Somebody of the office who may neither see nor handle one case, since it is about them. Known by its reference."""

    reference = models.CharField(max_length=13)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["reference", "user"], name="nobody_is_excluded_twice_from_a_case"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user"], name="cases_of_the_excluded")]

    def __str__(self) -> str:
        return f"{self.user_id} not in {self.reference}"


class GiftAnswer(models.TextChoices):
    """Whether anyone asked for money or a gift beyond the tariff."""

    NO = "NO", _("No")
    YES = "YES", _("Yes")
    DECLINED = "DECLINED", _("I would rather not say")


class GiftTicket(models.Model):
    """That a link was used, so that it counts once. It does not know the answer, and the answers do not know it."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    month = models.DateField(_("month"))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class GiftCount(models.Model):
    """How many gave one answer about one service of one agency in one month (its first day). A number, no rows of people."""

    service = models.SlugField(_("public service"), max_length=60)
    agency = models.SlugField(_("agency"), max_length=60)
    month = models.DateField(_("month"))
    answer = models.CharField(_("answer"), max_length=10, choices=GiftAnswer)
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["service", "agency", "month", "answer"], name="one_count_a_service_month_and_answer"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="gifts_are_counted_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.month:%Y-%m} {self.answer}: {self.number}"


class GiftRate(models.Model):
    """What is public of one service: the answers up to a day, brought up to date only when many new ones have come.

    Were it brought up to date with each answer, whoever watches it would learn what the last one said.
    """

    service = models.SlugField(_("public service"), max_length=60, unique=True)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)
    as_of = models.DateField(_("as of"))

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.service}: {self.yes} of {self.answered}"

    @property
    def answered(self) -> int:
        """How many answered, "I would rather not say" among them."""
        return self.yes + self.no + self.declined

    @property
    def percent(self) -> int:
        """How many of a hundred were asked for more, rounded to the nearest whole number."""
        return round(100 * self.yes / self.answered) if self.answered else 0


class PactVersion(models.Model):
    """One text of the integrity pact as the pack published it; it never changes. `text` as `pact.definition.PactDefinition`."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = models.JSONField(_("text"))
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(number__gte=1), name="pact_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class PactSignature(models.Model):
    """Somebody's signature under the pact for one hat that they wear, for a year: `valid_until` is its last day.

    Whoever wears several hats signs for all at once, one row for each; a hat that comes later has no row. Never changed.
    """

    membership = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="pact_signatures"
    )
    version = models.ForeignKey(PactVersion, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField(_("signed at"))
    signed_date = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"))

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("signed_date")), name="a_pact_holds_after_its_signature"
            ),
            models.UniqueConstraint(
                fields=["membership", "signed_date"], name="a_hat_is_signed_for_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.signed_date:%F}"

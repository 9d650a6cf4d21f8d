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


class Interest(models.Model):
    """One line of an officer's standing register: a relative or a business whose cases they keep away from. Never deleted."""

    class Kind(models.TextChoices):
        """Whom it concerns."""

        RELATIVE = "RELATIVE", _("A relative, or somebody close to me")
        COMPANY = "COMPANY", _("A business in which I or they have a part")

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=150)
    relation = models.CharField(_("relation"), max_length=100, blank=True)
    nik_index = models.BinaryField(max_length=32, null=True)
    nik_mask = models.CharField(max_length=16, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    nib = models.CharField(_("NIB"), max_length=13, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")
        default_permissions = ("view",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="interest_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^[0-9]{13}$"), name="interest_nib_has_thirteen_digits"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-declared_at"], name="interests_of_an_officer")
        ]

    def __str__(self) -> str:
        return self.name


class Recusal(models.Model):
    """An officer who stepped back from one case, known by its reference: they may not take it again."""

    reference = models.CharField(max_length=13)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reference", "user"], name="nobody_steps_back_twice_from_a_case"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user"], name="recusals_of_an_officer")]

    def __str__(self) -> str:
        return f"{self.user_id} not in {self.reference}"


class Rule(models.TextChoices):
    """Which rule keeps an officer away from a case."""

    RECUSED = "RECUSED", _("They have stepped back from this case")
    OWN_NIK = "OWN_NIK", _("The applicant has their own NIK")
    OWN_PHONE = "OWN_PHONE", _("The applicant gave the officer's own phone number")
    NIK = "NIK", _("Applicant or helper has the NIK of somebody in their register")
    PHONE = "PHONE", _("Applicant or helper has the phone number of somebody in their register")
    COMPANY = "COMPANY", _("It is for a business in their register")


class Refusal(models.Model):
    """That a conflict of interest kept an officer from doing something, and by which rule."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(_("rule"), max_length=10, choices=Rule)
    doing = models.CharField(max_length=60)
    reference = models.CharField(max_length=13)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("refusal by a conflict of interest")
        verbose_name_plural = _("refusals by a conflict of interest")
        default_permissions = ("view",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-at", "-id"], name="newest_refusals")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rule}"


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

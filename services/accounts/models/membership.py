"""Who wears which hat, where, from when until when, and by whose word."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.accounts.models.user import User
from services.foundation import clock


class Hat(models.TextChoices):
    """What somebody is in an agency. Everything a civil servant may do, they may by a hat."""

    INTAKE = "INTAKE", _("Intake officer")
    REVIEWER = "REVIEWER", _("Reviewer")
    INSPECTOR = "INSPECTOR", _("Inspector")
    APPROVER = "APPROVER", _("Approver")
    SUPERVISOR = "SUPERVISOR", _("Supervisor")
    EXECUTIVE = "EXECUTIVE", _("Executive")
    AUDITOR = "AUDITOR", _("Auditor")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")


HATS_OF_TWO = frozenset({Hat.APPROVER, Hat.AUDITOR, Hat.ADMINISTRATOR})
"""The hats that take a second administrator's confirmation."""


def in_force(*, at: datetime, prefix: str = "") -> Q:
    """The condition under which a membership counts on the day of `at`; `prefix` reaches it from another model."""
    day = clock.local_date(at)
    return Q(**{f"{prefix}state": "ACTIVE", f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships as they are asked for."""

    def in_force(self, *, at: datetime) -> Self:
        """Those that count at this moment."""
        return self.filter(in_force(at=at))


class Membership(models.Model):
    """One hat of one user in one agency. Written by `operations` only; never deleted, so that history stays."""

    class State(models.TextChoices):
        """Whether the hat counts."""

        PROPOSED = "PROPOSED", _("Waiting for a second person")
        ACTIVE = "ACTIVE", _("Active")
        ENDED = "ENDED", _("Ended")

    class Origin(models.TextChoices):
        """By what road the hat came."""

        GRANTED = "GRANTED", _("Given by an administrator")
        FIRST = "FIRST", _("First administrators of the installation")
        BREAK_GLASS = "BREAK_GLASS", _("Taken in an emergency")
        MANDATE = "MANDATE", _("By mandate")

    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="memberships"
    )
    agency = models.ForeignKey(
        "government.Agency", verbose_name=_("agency"), on_delete=models.PROTECT, related_name="memberships"
    )
    hat = models.CharField(_("hat"), max_length=20, choices=Hat)
    state = models.CharField(_("state"), max_length=10, choices=State)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.GRANTED)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, verbose_name=_("given by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_by = models.ForeignKey(
        User, verbose_name=_("ended by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    warned_at = models.DateTimeField(_("warned at"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="membership_hat_exists", condition=Q(hat__in=Hat.values)),
            models.CheckConstraint(
                name="nobody_gives_themselves_a_hat",
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
                violation_error_message=_("Nobody changes their own hats."),
            ),
            models.CheckConstraint(
                name="nobody_confirms_their_own_hat",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")),
                violation_error_message=_("Nobody changes their own hats."),
            ),
            models.CheckConstraint(
                name="nobody_ends_their_own_hat",
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("user")),
                violation_error_message=_("Nobody changes their own hats."),
            ),
            models.CheckConstraint(
                name="whoever_gives_a_hat_does_not_confirm_it",
                condition=Q(granted_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(granted_by=F("confirmed_by")),
                violation_error_message=_("Whoever gives a hat does not confirm it."),
            ),
            models.CheckConstraint(
                name="a_given_hat_has_its_giver",
                condition=~Q(origin="GRANTED") | Q(granted_by__isnull=False),
                violation_error_message=_("A hat is given by an administrator."),
            ),
            models.CheckConstraint(
                name="a_mandate_is_of_a_post_and_has_its_giver_and_its_end",
                condition=~Q(origin="MANDATE")
                | Q(
                    granted_by__isnull=False,
                    valid_until__isnull=False,
                    hat__in=["APPROVER", "SUPERVISOR", "EXECUTIVE"],
                ),
            ),
            models.CheckConstraint(
                name="hats_of_two_are_confirmed_before_they_count",
                condition=~Q(
                    state="ACTIVE",
                    origin__in=["GRANTED", "MANDATE"],
                    hat__in=["APPROVER", "AUDITOR", "ADMINISTRATOR"],
                )
                | Q(confirmed_by__isnull=False),
                violation_error_message=_("This hat needs a second person."),
            ),
            models.CheckConstraint(
                name="first_administrators_are_only_administrators",
                condition=~Q(origin="FIRST") | Q(hat="ADMINISTRATOR"),
            ),
            models.CheckConstraint(
                name="a_hat_taken_in_an_emergency_is_short_and_explained",
                condition=~Q(origin="BREAK_GLASS")
                | (
                    Q(valid_until__isnull=False, valid_until__lte=F("valid_from") + timedelta(days=2))
                    & ~Q(reason="")
                ),
                violation_error_message=_(
                    "A hat taken in an emergency lasts three days at most and says why."
                ),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                name="an_ended_membership_says_when",
                condition=Q(state="ENDED", ended_at__isnull=False)
                | (~Q(state="ENDED") & Q(ended_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "hat"],
                name="a_hat_is_worn_once",
                condition=~Q(state="ENDED"),
                violation_error_message=_(
                    "This person has that hat already, or it waits for a second person."
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agency", "hat"], name="wearers_of_a_hat", condition=Q(state="ACTIVE")),
            models.Index(fields=["state", "id"], name="memberships_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_hat_display()} · {self.agency}"

    @property
    def scope(self) -> list[str]:
        """The services (by slug) to which a mandate limits the hat; none where it counts for all."""
        services: list[str] = self.mandate.services if self.origin == self.Origin.MANDATE else []
        return services

    def covers(self, service: str) -> bool:
        """Whether the hat counts for this service."""
        return not self.scope or service in self.scope

    @property
    def story(self) -> list[tuple[str | Promise, Any]]:
        """What happened to this hat, as names and values, without what did not happen."""
        told = [
            (_("Person"), self.user.get_full_name()),
            (_("Hat"), self.get_hat_display()),
            (_("Agency"), self.agency),
            (_("State"), self.get_state_display()),
            (_("Origin"), self.get_origin_display()),
            (_("First day"), self.valid_from),
            (_("Last day"), self.valid_until),
            (_("Given by"), self.granted_by and self.granted_by.get_full_name()),
            (_("Confirmed by"), self.confirmed_by and self.confirmed_by.get_full_name()),
            (_("Warned of the end"), self.warned_at and clock.local_date(self.warned_at)),
            (_("Ended by"), self.ended_by and self.ended_by.get_full_name()),
            (_("Reason"), self.reason),
        ]
        return [(name, value) for name, value in told if value]

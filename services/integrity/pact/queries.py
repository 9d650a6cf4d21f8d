"""The text in force, who signed it for which hat, and who has not yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from services.accounts import queries as accounts
from services.accounts.models import Membership, Person, User
from services.foundation.clock import local_date
from services.government.models import Agency
from services.integrity.models import PactSignature, PactVersion

#: How long before the end of a year its wearer is reminded, and may sign for the next.
AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to the pact: the hats that they wear today, each annotated with `signed_until` (None: not signed)."""

    hats: Sequence[Membership]
    ahead: date

    @property
    def unsigned(self) -> list[Membership]:
        """Hats under which they may not act."""
        return [worn for worn in self.hats if worn.signed_until is None]  # type: ignore[attr-defined]

    @property
    def may_sign(self) -> bool:
        """Whether there is something to sign: a hat without a signature, or one whose year ends soon."""
        return any(until is None or until <= self.ahead for until in self._ends)

    @property
    def valid_until(self) -> date | None:
        """The last day on which they may act under every hat; None while one is not signed for."""
        ends = self._ends
        return min(end for end in ends if end) if ends and all(ends) else None

    @property
    def _ends(self) -> list[date | None]:
        return [worn.signed_until for worn in self.hats]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """How many people of an office must sign, and how many of them have not signed for every hat yet."""

    agency: Agency
    people: int
    waiting: int

    @property
    def signed(self) -> int:
        """How many signed for every hat."""
        return self.people - self.waiting


def current_version() -> PactVersion | None:
    """The text that is signed now: the newest; None before a pack was loaded."""
    return PactVersion.objects.order_by("-number").first()


def signed(*, at: datetime) -> Exists:
    """The condition on memberships that a signature of this year stands under the pact for them."""
    return Exists(
        PactSignature.objects.filter(membership=OuterRef("pk"), valid_until__gte=local_date(at)).values("pk")
    )


def memberships_of(user: User, *, at: datetime) -> QuerySet[Membership]:
    """What a user wears today, each annotated with `has_signed`, and `away_until` (None for whoever is here)."""
    worn = accounts.memberships_of(user, at=at)
    return worn.annotate(has_signed=signed(at=at), away_until=accounts.away_until(at=at))


def signed_hats(user: User, *, agency: Agency, service: str = "", at: datetime) -> frozenset[str]:
    """The hats of an agency under which a user may act today: worn, signed for, by somebody who is not away.

    With a `service` (its slug) only those that count for it. Asked after the lock. One query.
    """
    if not user.is_active:
        return frozenset()
    worn = accounts.memberships_of(user, at=at).filter(signed(at=at), ~accounts.is_away(at=at), agency=agency)
    return frozenset(worn.filter(accounts.covering(service)).values_list("hat", flat=True))


def standing_of(user: User, *, at: datetime) -> Standing:
    """How this user stands to the pact today. One query."""
    worn = accounts.memberships_of(user, at=at).annotate(signed_until=_latest("valid_until", at=at))
    return Standing(hats=list(worn.order_by("agency_id", "hat")), ahead=local_date(at) + AHEAD)


def signatories(*, at: datetime, agency: str = "") -> QuerySet[Membership]:
    """The public register: hats of today that are signed for, with name, day, version; of one agency (its code) if asked."""
    rows = (
        _must_sign(at=at)
        .filter(signed(at=at))
        .select_related("agency", "mandate")
        .annotate(
            name=Subquery(Person.objects.filter(user=OuterRef("user"), is_own=True).values("name")[:1]),
            signed_on=_latest("signed_date", at=at),
            version=_latest("version__number", at=at),
        )
    )
    return rows.filter(agency__code=agency) if agency else rows


def counts_by_office(*, at: datetime) -> list[OfficeCount]:
    """How many must sign and have not yet, by office. Two queries."""
    rows = _must_sign(at=at).annotate(has_signed=signed(at=at)).order_by().values("agency_id")
    counted = rows.annotate(
        people=Count("user", distinct=True),
        waiting=Count("user", distinct=True, filter=Q(has_signed=False)),
    )
    found = {row["agency_id"]: (row["people"], row["waiting"]) for row in counted}
    agencies = Agency.objects.filter(pk__in=found).order_by("pk")
    return [OfficeCount(agency, *found[agency.pk]) for agency in agencies]


def count(*, at: datetime) -> tuple[int, int]:
    """How many people must sign, and how many of them have not signed for every hat yet. One query."""
    rows = _must_sign(at=at).annotate(has_signed=signed(at=at))
    found = rows.aggregate(
        people=Count("user", distinct=True),
        waiting=Count("user", distinct=True, filter=Q(has_signed=False)),
    )
    return found["people"], found["waiting"]


def due(*, at: datetime) -> list[Membership]:
    """Hats that are not signed for, or whose year ends soon, with their wearers, each annotated with `signed_until`."""
    rows = _must_sign(at=at).annotate(signed_until=_latest("valid_until", at=at))
    soon = Q(signed_until=None) | Q(signed_until__lte=local_date(at) + AHEAD)
    return list(rows.filter(soon).select_related("user").order_by("user_id", "pk"))


def _must_sign(*, at: datetime) -> QuerySet[Membership]:
    """Everybody who wears a hat today and can sign in signs for it."""
    return Membership.objects.in_force(at=at).filter(user__is_active=True)


def _latest(field: str, *, at: datetime) -> Subquery:
    """One value of the last signature for a membership that still holds."""
    holding = PactSignature.objects.filter(membership=OuterRef("pk"), valid_until__gte=local_date(at))
    return Subquery(holding.order_by("-valid_until").values(field)[:1])

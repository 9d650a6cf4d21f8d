"""What lies before an officer: the queue of their hats, their desk, what is late; and how much of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from services.accounts.models import Hat, Membership, Person, User
from services.casework import capacity, clocks, hands, places, policies, queries, undoing, workflow
from services.casework.models import Case, Expiry
from services.catalogue.models import Service
from services.foundation import conditions
from services.foundation.clock import local_date
from services.government.models import Agency
from services.integrity.pact import queries as pact

#: The order of a queue: whoever was promised first comes first.
ORDER: Final = ("place_at", "submitted_at", "id")
#: What is more than this is said to be more, and not counted: a page takes no longer for a longer backlog.
MOST_COUNTED: Final = 99
#: The orders of the indexes `case_queue` and `case_due`.
BY_STATUS: Final = ("agency_id", "status", "place_at", "submitted_at", "id")
BY_DATE: Final = ("agency_id", "due_at")
#: Shorter words than this find half the city.
SHORTEST_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class Post:
    """One queue that an officer works: a hat in an agency. `is_signed` says whether the pact is signed for it."""

    agency: Agency
    hat: str
    services: tuple[str, ...] = ()
    is_signed: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open cases there are of each kind, for one officer."""

    mine: int
    team: int
    queue: int
    to_do: int
    today: int
    late: int
    waiting: int
    open: int


@dataclass(frozen=True, slots=True)
class Office:
    """Where an officer reads, where they act, and where they read whose the cases are.

    `lacks_pact` says that the integrity pact is not signed for every hat they wear; `away_until` is the last day of an
    absence that runs.
    """

    user: User
    posts: Sequence[Post]
    agencies: frozenset[int]
    receives: frozenset[int]
    supervises: frozenset[int]
    names: frozenset[int]
    audits: bool
    lacks_pact: bool
    away_until: date | None = None

    @property
    def reads(self) -> bool:
        """Whether there is any case that they may read."""
        return self.audits or bool(self.agencies)

    @property
    def names_people(self) -> bool:
        """Whether there is any case whose applicant a list names before them."""
        return self.audits or bool(self.names)

    def names_applicant_of(self, case: Case) -> bool:
        """Whether a list names the applicant of this case before them."""
        return self.audits or case.agency_id in self.names


def office_of(user: User, *, at: datetime) -> Office:
    """The posts and the agencies of an officer. One query."""
    memberships: list[Membership] = list(pact.memberships_of(user, at=at).order_by("agency_id", "hat"))
    queued = workflow.queued_hats()
    return Office(
        user=user,
        posts=[
            Post(row.agency, row.hat, tuple(row.scope), row.has_signed)  # type: ignore[attr-defined]
            for row in memberships
            if row.hat in queued
        ],
        agencies=frozenset(row.agency_id for row in memberships if row.hat in queries.READING_HATS),
        receives=frozenset(row.agency_id for row in memberships if row.hat in policies.RECEIVING_HATS),
        supervises=frozenset(row.agency_id for row in memberships if row.hat == Hat.SUPERVISOR),
        names=frozenset(row.agency_id for row in memberships if row.hat in queries.NAMING_HATS),
        audits=any(row.hat == Hat.AUDITOR for row in memberships),
        lacks_pact=not all(row.has_signed for row in memberships),  # type: ignore[attr-defined]
        away_until=next((row.away_until for row in memberships), None),  # type: ignore[attr-defined]
    )


def readable(office: Office) -> QuerySet[Case]:
    """Sent cases that the officer may open, without their own matters; confidential ones only where they receive them."""
    cases = (
        queries.full()
        .filter(submitted_at__isnull=False)
        .annotate(
            holder=queries.name_of("assignee"),
            nobody_decided=conditions.ExistsForEach(_noted()),
            stands_still=clocks.standing_still(),
        )
    )
    own = Person.objects.filter(user=office.user).values("pk")
    cases = cases.exclude(helper=office.user).exclude(applicant__in=own)
    cases = cases.filter(policies.visible(office.user, receives=office.receives))
    return cases if office.audits else cases.filter(agency__in=office.agencies)


def open_cases(office: Office) -> QuerySet[Case]:
    """Readable cases that are not ended."""
    return readable(office).filter(closed_at=None)


def actionable(office: Office, *, at: datetime) -> Q:
    """The condition under which a case waits for a hat of this officer, and what went before it stands."""
    condition = Q(pk__in=[])
    for post in office.posts:
        here = Q(agency=post.agency) & queries.waits_for(post.hat)
        if post.hat == Hat.APPROVER:
            here &= hands.may_decide(office.user)
        condition |= here & capacity.within(post.services)
    return condition & undoing.settled(at)


def waiting_for_applicant() -> Q:
    """The condition under which a case waits for its applicant."""
    return places.stands_in(lambda flow: flow.with_citizen())


def counts(office: Office, *, at: datetime) -> Counts:
    """How much there is, each counted up to one more than MOST_COUNTED, however long the backlog. One query."""
    theirs = (
        actionable(office, at=at) & (Q(assignee=None) | Q(assignee=office.user))
        if office.posts
        else Q(pk__isnull=False)
    )
    kinds = {
        "mine": Q(assignee=office.user),
        "team": actionable(office, at=at),
        "queue": actionable(office, at=at) & Q(assignee=None),
        "to_do": theirs,
        "waiting": waiting_for_applicant(),
        "open": Q(),
    }
    dated = {"today": due_today(at), "late": late(at)}
    cases = open_cases(office)
    numbers = {name: _up_to_most(cases.filter(kind), BY_STATUS) for name, kind in kinds.items()}
    numbers |= {
        name: _up_to_most(cases.filter(kind, conditions.as_one(theirs)), BY_DATE)
        for name, kind in dated.items()
    }
    found: Mapping[str, Any] = User.objects.filter(pk=office.user.pk).values(**numbers).get()
    return Counts(**found)


def said(count: int) -> str:
    """A count as a page says it: "99+" for what nobody counts any further."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _up_to_most(cases: QuerySet[Case], order: Sequence[str]) -> Coalesce:
    """The number of these cases, counted in the order of an index: so that it can stop at MOST_COUNTED."""
    # The type is said, since a condition that nothing meets becomes a bare NULL.
    keys = cases.order_by(*order).values("pk")[: MOST_COUNTED + 1]
    first = Cast(ArraySubquery(keys), ArrayField(BigIntegerField()))
    return Coalesce(Func(first, function="CARDINALITY", output_field=IntegerField()), 0)


def late(at: datetime) -> Q:
    """Past the date, with the clock running."""
    return Q(due_at__lt=at) & ticks()


def due_today(at: datetime) -> Q:
    """Due before the day ends, with the clock running."""
    zone = ZoneInfo(settings.TIME_ZONE)
    end = datetime.combine(local_date(at), time.max, tzinfo=zone)
    return Q(due_at__gte=at, due_at__lte=end) & ticks()


def with_names(office: Office) -> QuerySet[Case]:
    """Open cases whose applicants a list names before the officer: only among these is one looked for by name."""
    cases = open_cases(office)
    return cases if office.audits else cases.filter(agency__in=office.names)


def named(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Cases whose applicant's name contains these words; none for words too short to mean anybody."""
    return cases.filter(applicant__name__icontains=words) if len(words) >= SHORTEST_NAME else cases.none()


def services_of(office: Office) -> QuerySet[Service]:
    """The services whose cases the officer may read, for the filter of the queue."""
    services = Service.objects.order_by("slug")
    return services if office.audits else services.filter(agency__in=office.agencies)


def _noted() -> QuerySet[Expiry]:
    """The date of this case that passed with nobody deciding, and that still counts."""
    return Expiry.objects.filter(case=OuterRef("pk"), due_at=OuterRef("due_at"))


def runs() -> Q:
    """The condition under which a clock of the office runs: before the decision, and while it is objected to."""
    return Q(decided_at=None) | Q(status__in=workflow.OBJECTED)


def ticks() -> Q:
    """The condition under which a clock of the office runs and nothing stops it: neither the status nor the branches wait for the applicant."""
    stopped = waiting_for_applicant() | Q(clocks.standing_still())
    return Q(conditions.as_one(runs() & ~stopped))

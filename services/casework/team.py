"""The team of a supervisor: what lies on whose desk, what is late, and what the month has brought. No ranking."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from services.accounts import queries as accounts
from services.accounts.models import Hat, Membership, User
from services.casework import queries, workflow, workload
from services.casework.models import ApplicantRequest, Case, Holding, Left, Review
from services.casework.workload import Office
from services.foundation import months
from services.foundation.clock import local_date
from services.government.models import Agency
from services.integrity.pact import queries as pact


@dataclass(frozen=True, slots=True)
class Member:
    """An officer of the team: hats, those of them signed for (`acts_as`), what lies on the desk now, what this month has brought."""

    user_id: int
    name: str
    hats: tuple[str, ...]
    on_desk: int
    late: int
    oldest_at: datetime | None
    taken: int
    done: int
    untouched: int
    overtook: int
    beyond: int = 0
    worn: frozenset[str] = frozenset()
    acts_as: frozenset[str] = frozenset()
    away_until: date | None = None


def led_by(user: User, *, at: datetime) -> list[Agency]:
    """The agencies in which somebody may act as a supervisor today. One query."""
    worn = pact.memberships_of(user, at=at).filter(hat=Hat.SUPERVISOR).order_by("agency_id")
    return [row.agency for row in worn]


def members_of(agency: Agency, *, office: Office, at: datetime) -> list[Member]:
    """Everybody in the agency who works a queue, by name. Four queries, however many there are."""
    desks = on_desks({agency.pk}, office=office, at=at)
    since = months.span(local_date(at).replace(day=1))[0]
    brought = {row["officer"]: row for row in _month(agency, since=since)}
    beyond = _beyond(agency, since=since)
    worn: dict[int, list[Membership]] = {}
    for row in _wearers(agency, at=at):
        worn.setdefault(row.user_id, []).append(row)
    found = [
        _member(rows, desks.get(user, {}), brought.get(user, {}), beyond.get(user, 0))
        for user, rows in worn.items()
    ]
    return sorted(found, key=lambda member: member.name)


def could_take_from(shown: Member, members: Iterable[Member]) -> list[Member]:
    """To whom the files of one desk could go: whoever is here, has signed the pact and acts under a hat of that desk."""
    return [
        member
        for member in members
        if member is not shown and member.away_until is None and member.acts_as & shown.worn
    ]


def member_of(agency: Agency, officer: int, *, at: datetime) -> User | None:
    """The officer with this id, if they work a queue of the agency today. One query."""
    worn = _wearers(agency, at=at).filter(user=officer).select_related("user").first()
    if worn is None:
        return None
    worn.user.own_name = worn.name or ""  # type: ignore[attr-defined]  # annotated
    return worn.user


def files_of(agency: Agency, officer: int, *, office: Office) -> QuerySet[Case]:
    """The open files on the desk of an officer that their supervisor may see, the earliest promise first."""
    return _files({agency.pk}, office).filter(assignee=officer).order_by(*workload.ORDER)


def on_desks(agencies: Collection[int], *, office: Office, at: datetime) -> dict[int, dict[str, Any]]:
    """What lies on each desk (by officer) of these agencies: `files`, how many are `late`, since when the `oldest`. One query."""
    files = _files(agencies, office).select_related(None).order_by()
    rows = files.values("assignee").annotate(
        files=Count("pk"), late=Count("pk", filter=workload.late(at)), oldest=Min("submitted_at")
    )
    return {row["assignee"]: dict(row) for row in rows}


def _files(agencies: Collection[int], office: Office) -> QuerySet[Case]:
    """Files on the desks of these agencies; no confidential one is shown to a supervisor or counted for them."""
    lying = workload.open_cases(office).filter(agency__in=agencies, is_confidential=False)
    return lying.filter(assignee__isnull=False)


def _month(agency: Agency, *, since: datetime) -> Iterable[dict[str, Any]]:
    taken, left = Q(taken_at__gte=since), Q(left_at__gte=since)
    held = Holding.objects.filter(taken | left, agency=agency, case__is_confidential=False)
    rows = held.values("officer").annotate(
        taken=Count("pk", filter=taken),
        done=Count("pk", filter=left & Q(left_by=Left.DONE)),
        untouched=Count("pk", filter=left & Q(left_by=Left.UNTOUCHED)),
        overtaken=Sum("overtook", filter=taken),
    )
    return (dict(row) for row in rows)


def _beyond(agency: Agency, *, since: datetime) -> dict[int, int]:
    """How often each officer has asked for more than the standard lists, for this agency. One query."""
    here = Q(review=None, case__agency=agency) | Q(review__agency=agency)
    asked = ApplicantRequest.objects.filter(here, is_beyond=True, asked_at__gte=since)
    sent = asked.exclude(state__in=ApplicantRequest.UNSENT)
    return dict(sent.values_list("asked_by").annotate(number=Count("pk")))


def proposed(agencies: Collection[int]) -> QuerySet[ApplicantRequest]:
    """What is to be asked a second time in these agencies and waits for a supervisor, the oldest first. One query."""
    waiting = ApplicantRequest.objects.filter(
        Q(review=None) | Q(review__state__in=Review.UNFINISHED),
        state=ApplicantRequest.State.PROPOSED,
        case__agency__in=agencies,
        case__is_confidential=False,
        case__closed_at=None,
        case__recommended_at=None,
    )
    whole = waiting.select_related("case__service_version__service", "case__agency", "review__agency")
    return whole.annotate(asker=queries.name_of("asked_by")).order_by("asked_at", "pk")


def _wearers(agency: Agency, *, at: datetime) -> QuerySet[Membership]:
    queued = workflow.queued_hats()
    worn = Membership.objects.in_force(at=at).filter(agency=agency, hat__in=queued, user__is_active=True)
    told = worn.annotate(
        name=queries.name_of("user"), away_until=accounts.away_until(at=at), has_signed=pact.signed(at=at)
    )
    return told.order_by("user_id", "hat")


def _member(worn: list[Membership], desk: dict[str, Any], month: dict[str, Any], beyond: int) -> Member:
    return Member(
        user_id=worn[0].user_id,
        name=worn[0].name or "",  # type: ignore[attr-defined]
        hats=tuple(str(Hat(row.hat).label) for row in worn),
        on_desk=desk.get("files", 0),
        late=desk.get("late", 0),
        oldest_at=desk.get("oldest"),
        taken=month.get("taken", 0),
        done=month.get("done", 0),
        untouched=month.get("untouched", 0),
        overtook=month.get("overtaken") or 0,
        beyond=beyond,
        worn=frozenset(row.hat for row in worn),
        acts_as=frozenset(row.hat for row in worn if row.has_signed),  # type: ignore[attr-defined]
        away_until=worn[0].away_until,  # type: ignore[attr-defined]
    )

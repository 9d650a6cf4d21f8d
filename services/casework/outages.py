"""Outages as pages and sweeps ask about them: what is out of service, what has been, and which dates wait for it or moved by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Q

from services.casework.models import Case, Outage, OutageMove
from services.catalogue.models import Service
from services.foundation import texts
from services.foundation.clock import local_date
from services.government import calendar

SHOWN_KEY: Final = "casework.outages.shown"
SHOWN_SECONDS: Final = 60
DAY: Final = timedelta(days=1)


def shown() -> list[dict[str, Any]]:
    """What is out of service now, as the banner of every page says it: `words`, the names of the `services`, `since`. Kept in the cache."""
    known: list[dict[str, Any]] | None = cache.get(SHOWN_KEY)
    if known is None:
        running = list(Outage.objects.running().order_by("begins_at", "pk"))
        names = service_names(running)
        known = [_in_banner(outage, names) for outage in running]
        cache.set(SHOWN_KEY, known, SHOWN_SECONDS)
    return known


def forget_shown() -> None:
    """Drop what the cache holds; every operation that changes an outage calls this."""
    cache.delete(SHOWN_KEY)


def service_names(outages: Iterable[Outage]) -> dict[str, dict[str, str]]:
    """The names of the services that these outages name, by slug. One query, where any is named."""
    slugs = {slug for outage in outages for slug in outage.services}
    return dict(Service.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def waiting() -> Q:
    """The condition under which what a case waits for may not run out: an outage that touches its date is not settled. One query."""
    condition = Q(pk__in=[])
    for outage in Outage.objects.unsettled():
        condition |= of_services(outage) & Q(applicant_due_at__gte=outage.begins_at)
    return condition


def holds(case: Case, until: datetime | None) -> bool:
    """Whether this date of a case may not run out yet. One query."""
    if until is None:
        return False
    begun = Outage.objects.unsettled().filter(begins_at__lte=until)
    return any(touches(outage, case) for outage in begun)


def touches(outage: Outage, case: Case) -> bool:
    """Whether the service of this case was out."""
    return outage.touches_all or case.service_version.service.slug in outage.services


def days_of(outage: Outage, slug: str) -> int:
    """By how many days an ended outage puts off the dates of a service: its length, rounded up, without what others have put them off by.

    Two outages may have lasted at the same time; the time is given once, by the one that was confirmed first.
    """
    if outage.ends_at is None or outage.confirmed_at is None:
        raise ValueError("an outage moves dates once it has ended and was confirmed")
    earlier = Outage.objects.filter(confirmed_at__isnull=False).exclude(pk=outage.pk)
    earlier = earlier.filter(Q(services=[]) | Q(services__contains=[slug])).filter(
        Q(confirmed_at__lt=outage.confirmed_at) | Q(confirmed_at=outage.confirmed_at, pk__lt=outage.pk),
        begins_at__lt=outage.ends_at,
        ends_at__gt=outage.begins_at,
    )
    spans = [(row.begins_at, row.ends_at or row.begins_at) for row in earlier]
    left = _length([*spans, (outage.begins_at, outage.ends_at)]) - _length(spans)
    return -(-left // DAY)


def put_off(before: datetime, outage: Outage, days: int, *, at: datetime) -> datetime:
    """The new end of a period: later by so many days, on a working day, and no sooner than after one whole working day from now on."""
    restored_at = max(outage.ends_at or at, at)
    day = max(local_date(before) + days * DAY, calendar.add_working_days(local_date(restored_at), 1))
    return calendar.end_of(_working(day))


def latest(case: Case, until: datetime, *, what: str, since: datetime) -> datetime:
    """When a period of a case ends that is not kept but computed, with what outages have added to it. One query."""
    moves = case.outage_moves.filter(what=what, since=since)
    return max([until, *moves.values_list("after", flat=True)])


def added(case: Case, until: datetime, *, since: datetime) -> datetime:
    """The same for what the file waits for, where the calendar has changed: each outage adds its days again. One query."""
    moves = case.outage_moves.filter(what=OutageMove.What.FILE, since=since)
    days = sum(move.days for move in moves)
    return calendar.end_of(_working(local_date(until) + days * DAY)) if days else until


@dataclass(frozen=True, slots=True)
class Record:
    """An outage in a list, with the names of the services that were out; none where all was."""

    outage: Outage
    services: list[str]


def records(found: Iterable[Outage]) -> list[Record]:
    """These outages as lists show them. One query, where any names a service."""
    rows = list(found)
    names = service_names(rows)
    return [Record(row, [texts.local(names.get(slug)) or slug for slug in row.services]) for row in rows]


def _working(day: date) -> date:
    """The day itself, or the next one on which the offices work."""
    while not calendar.is_working_day(day):
        day += DAY
    return day


def _in_banner(outage: Outage, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    services = [names.get(slug) or {"id": slug, "en": slug} for slug in outage.services]
    return {"words": outage.words, "services": services, "since": outage.begins_at}


def of_services(outage: Outage) -> Q:
    """The condition under which a case is one of a service that was out."""
    return Q() if outage.touches_all else Q(service_version__service__slug__in=outage.services)


def _length(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How long these spans last together, what they share counted once."""
    whole, reached = timedelta(), None
    for begins_at, ends_at in sorted(spans):
        start = begins_at if reached is None else max(begins_at, reached)
        whole += max(ends_at - start, timedelta())
        reached = ends_at if reached is None else max(reached, ends_at)
    return whole

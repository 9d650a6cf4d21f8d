"""When a clock reaches the rungs of its ladder, given what stopped it and on which days the offices work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q, QuerySet

from services.casework import clocks
from services.casework.clocks import Promise
from services.casework.models import Case, EscalationRung
from services.casework.workflow import OBJECTED
from services.foundation.clock import local_date
from services.government import calendar

#: Rungs of a clock of days come while the offices work, so that nobody is woken: a day runs evenly over these hours.
DAY_BEGINS: Final = time(8)
HOURS_OF_A_DAY: Final = 8
WHOLE: Final = 100

RUNGS_KEY: Final = "casework.ladder.rungs"
RUNGS_SECONDS: Final = 600

Rungs = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung and the moment at which the clock reaches it; who is told."""

    percent: int
    tells: str
    at: datetime


def rungs() -> Mapping[str, Rungs]:
    """Every ladder by the slug of its service, "" for all the others. Kept in the cache."""
    known: dict[str, list[tuple[int, str]]] | None = cache.get(RUNGS_KEY)
    if known is None:
        known = {}
        rows = EscalationRung.objects.order_by("service", "percent")
        for service, percent, tells in rows.values_list("service", "percent", "tells"):
            known.setdefault(service, []).append((percent, tells))
        cache.set(RUNGS_KEY, known, RUNGS_SECONDS)
    return known


def forget_rungs() -> None:
    """Drop what the cache holds; the operation that changes the rungs calls this."""
    cache.delete(RUNGS_KEY)


def of_service(slug: str) -> Rungs:
    """The ladder of a service: its own, or the one for all."""
    known = rungs()
    return known[slug] if slug in known else known.get("", ())


def running_cases() -> QuerySet[Case]:
    """Cases whose office clock runs: sent, neither decided nor ended, or objected to, and not waiting for the applicant."""
    runs = Q(decided_at=None) | Q(status__in=OBJECTED)
    return Case.objects.filter(
        runs, ~clocks.standing_still(), submitted_at__isnull=False, due_at__isnull=False, closed_at=None
    )


def reached(
    case: Case, promise: Promise, *, at: datetime, calendar_days: "Days | None" = None
) -> list[Reached]:
    """Every rung of a case with the moment it comes, if the clock runs on from `at`. No query with pauses prefetched."""
    days = calendar_days or Days()
    found = partial(_moment, case, promise, at=at, days=days)
    ladder = days.of_service(case.service_version.service.slug)
    return [Reached(percent, tells, found(percent)) for percent, tells in ladder]


def due_rungs(
    case: Case, passed: Iterable[tuple[str, datetime, int]], *, at: datetime, days: "Days | None" = None
) -> tuple[Promise, list[Reached]] | None:
    """The rungs that the clock has reached and that are not among those `passed` (clock, start, percent); None for none."""
    promise = clocks.running(case)
    if promise is None or case.due_at is None:
        return None
    due = due_of(case, promise, passed, due_at=case.due_at, at=at, days=days)
    return (promise, due) if due else None


def due_of(
    case: Case,
    promise: Promise,
    passed: Iterable[tuple[str, datetime, int]],
    *,
    due_at: datetime,
    at: datetime,
    days: "Days | None" = None,
) -> list[Reached]:
    """The rungs of one clock of a case that it has reached, without those `passed`; none from 100 % on before `due_at`."""
    gone = {percent for name, start, percent in passed if (name, start) == (promise.name, promise.start)}
    is_late, steps = at > due_at, days or Days()
    ahead = [
        (percent, tells)
        for percent, tells in steps.of_service(case.service_version.service.slug)
        if percent not in gone and (is_late or percent < WHOLE)
    ]
    found = (
        Reached(percent, tells, _moment(case, promise, percent, at=at, days=steps))
        for percent, tells in ahead
    )
    return [rung for rung in found if rung.at <= at]


class Days:
    """The steps of the calendar and the ladders, each asked for once: thousands of clocks start on the same day."""

    def __init__(self) -> None:
        self._known: dict[tuple[date, int], date] = {}
        self._ladders: dict[str, Rungs] = {}

    def of_service(self, slug: str) -> Rungs:
        """The ladder of a service."""
        if slug not in self._ladders:
            self._ladders[slug] = of_service(slug)
        return self._ladders[slug]

    def after(self, start: date, number: int) -> date:
        """The working day on which so many have passed after `start`."""
        key = (start, number)
        if key not in self._known:
            self._known[key] = calendar.add_working_days(start, number)
        return self._known[key]


def _moment(case: Case, promise: Promise, percent: int, *, at: datetime, days: Days) -> datetime:
    """When the clock reaches `percent` of its time. A day counts from its first working hour to its last."""
    amount, unit = promise.duration.amount, promise.duration.unit
    if unit in calendar.SPANS:
        span = calendar.SPANS[unit] * amount * percent / WHOLE
        return promise.start + span + clocks.paused_time(case, since=promise.start, until=at)
    whole, rest = divmod(amount * percent, WHOLE)
    first = local_date(promise.start)
    if unit == "WORKING_DAY":
        still = clocks.paused_working_days(case, since=promise.start, until=at)
        last = days.after(first, whole + still + 1)
    else:
        still = clocks.paused_time(case, since=promise.start, until=at).days
        last = first + timedelta(days=whole + still + 1)
    morning = datetime.combine(last, DAY_BEGINS, tzinfo=ZoneInfo(settings.TIME_ZONE))
    return morning + timedelta(hours=HOURS_OF_A_DAY) * (rest / WHOLE)

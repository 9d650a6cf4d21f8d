"""The working calendar: on which days the offices work, and when a time given by law runs out.

The national holidays and joint leave (cuti bersama) come from the `holidays` library, categories public and government;
`HolidayOverride` rows of the pack have the last word. The start day is never counted.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import holidays
from django.core.cache import cache
from django.utils import timezone

from services.foundation.once import once
from services.government.models import HolidayOverride

#: Why an office is closed on a weekday.
Why = Literal["HOLIDAY", "JOINT_LEAVE", "CLOSED"]
Unit = Literal["WORKING_DAY", "CALENDAR_DAY", "HOUR", "MINUTE"]

SPANS: dict[Unit, dt.timedelta] = {"HOUR": dt.timedelta(hours=1), "MINUTE": dt.timedelta(minutes=1)}

OVERRIDES_KEY = "government.calendar.overrides"
OVERRIDES_SECONDS = 600
FRIDAY = 4
LAST_SECOND = dt.time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A weekday on which the offices are closed, and why."""

    day: dt.date
    why: Why


def is_working_day(day: dt.date) -> bool:
    """Whether the offices work on this day."""
    return _works(day, _overrides())


def add_working_days(start: dt.date, days: int) -> dt.date:
    """The working day on which `days` working days after `start` have passed. Zero gives the start itself."""
    if days < 0:
        raise ValueError("working days are counted forward")
    overrides = _overrides()
    day = start
    while days:
        day += dt.timedelta(days=1)
        days -= _works(day, overrides)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after `start` up to and with `end`; 0 when `end` is not later."""
    overrides = _overrides()
    span = range(1, (end - start).days + 1)
    return sum(_works(start + dt.timedelta(days=offset), overrides) for offset in span)


def days_off(start: dt.date, end: dt.date) -> list[DayOff]:
    """The days after `start` up to and with `end` on which the offices are closed, other than an ordinary weekend."""
    overrides = _overrides()
    span = (start + dt.timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return [
        DayOff(day, _why_closed(day))
        for day in span
        if day.weekday() <= FRIDAY and not _works(day, overrides)
    ]


def due_at(start: dt.datetime, *, amount: int, unit: Unit) -> dt.datetime:
    """The moment a time runs out that began at `start` (aware): hours and minutes to the second, days to the last one's end."""
    if unit in SPANS:
        return start + amount * SPANS[unit]
    first = timezone.localdate(start)
    last = add_working_days(first, amount) if unit == "WORKING_DAY" else first + dt.timedelta(days=amount)
    return end_of(last)


def end_of(day: dt.date) -> dt.datetime:
    """The last second of a day where the government is."""
    return timezone.make_aware(dt.datetime.combine(day, LAST_SECOND)).astimezone(dt.UTC)


def forget_overrides() -> None:
    """Drop the cached overrides; every operation that changes them calls this."""
    cache.delete(OVERRIDES_KEY)


def _works(day: dt.date, overrides: dict[dt.date, bool]) -> bool:
    if day in overrides:
        return overrides[day]
    return day.weekday() <= FRIDAY and day not in _national_days_off(day.year)


def _why_closed(day: dt.date) -> Why:
    """A joint leave by decree, a public holiday, or a day that the government itself has named."""
    if day in _joint_leave(day.year):
        return "JOINT_LEAVE"
    return "HOLIDAY" if day in _national_days_off(day.year) else "CLOSED"


def _overrides() -> dict[dt.date, bool]:
    return once(OVERRIDES_KEY, _read_overrides)


def _read_overrides() -> dict[dt.date, bool]:
    known: dict[dt.date, bool] | None = cache.get(OVERRIDES_KEY)
    if known is None:
        known = dict(HolidayOverride.objects.values_list("date", "is_working"))
        cache.set(OVERRIDES_KEY, known, OVERRIDES_SECONDS)
    return known


@lru_cache(maxsize=64)
def _national_days_off(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


@lru_cache(maxsize=64)
def _joint_leave(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("government",)))

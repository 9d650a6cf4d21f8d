"""The one clock of the domain; in the demo and in tests it can be moved, for every process alike."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache

CACHE_KEY = "foundation.clock.offset"


def now() -> datetime:
    """Return the present moment, aware and in UTC, moved by the offset where the clock is movable."""
    return datetime.now(UTC) + offset()  # noqa: TID251 (this is the clock)


def today() -> date:
    """Return today's date where the government is (`TIME_ZONE`)."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """Return the date of an aware moment where the government is (`TIME_ZONE`)."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def start_of(day: date) -> datetime:
    """Return the aware moment at which a day begins where the government is (`TIME_ZONE`)."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def moment_of(day: date, hour: time) -> datetime:
    """Return the aware moment at which it is this hour of a day where the government is (`TIME_ZONE`)."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


def offset() -> timedelta:
    """Return how far the clock has been moved; always nothing unless `CLOCK_MOVABLE`."""
    if not settings.CLOCK_MOVABLE:
        return timedelta()
    return timedelta(seconds=cache.get(CACHE_KEY, 0))


def move(by: timedelta) -> timedelta:
    """Move the clock of web, worker and beat by this much more; return the whole offset."""
    if not settings.CLOCK_MOVABLE:
        raise RuntimeError("the clock moves only where CLOCK_MOVABLE is set: never in production")
    total = offset() + by
    cache.set(CACHE_KEY, total.total_seconds(), timeout=None)
    return total


def reset() -> None:
    """Put the clock back to the real time."""
    cache.delete(CACHE_KEY)

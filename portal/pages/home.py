"""What the first page shows: the services people need most, words to try, and the month in numbers."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import Aggregate, Count, DurationField, F, Q

from oversight.queries.cases import cases
from services.catalogue import presentation
from services.catalogue import queries as catalogue
from services.catalogue.presentation import Card

KEPT_SECONDS = 600


@dataclass(frozen=True)
class Month:
    """What the city did since the first of this month. No person, no case: numbers alone."""

    begins_at: datetime
    received: int
    decided: int
    in_time_percent: int | None
    median_days: int | None


class Median(Aggregate):
    """The middle value, as PostgreSQL finds it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def needs() -> list[Card]:
    """The services people need most, in the order of the pack."""
    return presentation.cards(catalogue.most_needed_services())


def month_in_numbers(*, at: datetime) -> Month:
    """What came in and was decided since the first of the month; kept for ten minutes."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    begins_at = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    key = f"home.month.{begins_at:%Y-%m}"
    month: Month | None = cache.get(key)
    if month is None:
        month = _counted(begins_at)
        cache.set(key, month, KEPT_SECONDS)
    return month


def _counted(begins_at: datetime) -> Month:
    decided = Q(decided_at__gte=begins_at)
    found = (
        cases()
        .filter(Q(submitted_at__gte=begins_at) | decided)
        .aggregate(
            received=Count("pk", filter=Q(submitted_at__gte=begins_at)),
            decided=Count("pk", filter=decided),
            in_time=Count("pk", filter=decided & Q(decided_at__lte=F("due_at"))),
            median=Median(F("decided_at") - F("complete_at"), filter=decided, output_field=DurationField()),
        )
    )
    number = found["decided"]
    return Month(
        begins_at=begins_at,
        received=found["received"],
        decided=number,
        in_time_percent=round(100 * found["in_time"] / number) if number else None,
        median_days=max(1, round(found["median"].total_seconds() / 86400)) if found["median"] else None,
    )

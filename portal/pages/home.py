"""What the first page shows: the services people need most, words to try, and the month in numbers."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db.models import Aggregate, Count, DurationField, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.casework.models import Case
from services.catalogue import queries as catalogue
from services.catalogue.definition import ServiceDefinition
from services.catalogue.models import ServiceVersion
from services.foundation import texts

KEPT_SECONDS = 600


@dataclass(frozen=True)
class Need:
    """A service on a card of the first page."""

    slug: str
    name: str
    summary: str
    meta: str
    icon: str


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


def needs() -> list[Need]:
    """The services people need most, in the order of the pack."""
    services = list(catalogue.most_needed_services())
    versions = ServiceVersion.objects.filter(service__in=services, retired_at=None)
    by_service = {version.service_id: version for version in versions}
    return [_need(by_service[service.pk].parsed) for service in services if service.pk in by_service]


def _need(service: ServiceDefinition) -> Need:
    return Need(
        slug=service.slug,
        name=texts.local(service.name.model_dump()),
        summary=texts.local(service.summary.model_dump()),
        meta=f"{_time(service)} · {_cost(service)}",
        icon=getattr(service, "icon", "files"),
    )


def _time(service: ServiceDefinition) -> str:
    amount = service.time.amount
    if service.time.unit == "WORKING_DAY":
        return ngettext("%(amount)d working day", "%(amount)d working days", amount) % {"amount": amount}
    if service.time.unit == "HOUR":
        return ngettext("%(amount)d hour", "%(amount)d hours", amount) % {"amount": amount}
    return ngettext("%(amount)d day", "%(amount)d days", amount) % {"amount": amount}


def _cost(service: ServiceDefinition) -> str:
    return _("with a fee") if service.fee.amount else _("free")


def words_to_try() -> list[str]:
    """One word of each of the services people need most, as people say it."""
    services = catalogue.most_needed_services(at_most=4)
    versions = ServiceVersion.objects.filter(service__in=list(services), retired_at=None).order_by(
        "service__rank"
    )
    return [version.definition["search_words"][0] for version in versions]


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
    found = Case.objects.filter(Q(submitted_at__gte=begins_at) | decided).aggregate(
        received=Count("pk", filter=Q(submitted_at__gte=begins_at)),
        decided=Count("pk", filter=decided),
        in_time=Count("pk", filter=decided & Q(decided_at__lte=F("due_at"))),
        median=Median(F("decided_at") - F("complete_at"), filter=decided, output_field=DurationField()),
    )
    number = found["decided"]
    return Month(
        begins_at=begins_at,
        received=found["received"],
        decided=number,
        in_time_percent=round(100 * found["in_time"] / number) if number else None,
        median_days=max(1, round(found["median"].total_seconds() / 86400)) if found["median"] else None,
    )

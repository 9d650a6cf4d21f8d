"""What one day, service and agency had, counted from stays and defects: the source of `DailyFigure`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, TruncDate

from oversight.models import DailyFigure, Stay
from oversight.queries.cases import defects, stays
from services.foundation.clock import local_date

Measure = DailyFigure.Measure

#: The key of what came in a second time.
AGAIN: Final = "AGAIN"
#: A day that is due ends with its last second; a case is late from the next one on.
SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure belongs."""

    date: date
    service: int
    agency: int
    measure: str
    key: str = ""


Totals = Counter[Place]


def end_of(day: date) -> datetime:
    """The last moment of a day where the government is."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(settings.TIME_ZONE))


def first_day() -> date | None:
    """The day on which the first case came in; None before that."""
    earliest = stays().aggregate(at=Min("began_at"))["at"]
    return local_date(earliest) if earliest else None


def totals(first: date, last: date, *, at: datetime) -> Totals:
    """Every figure of the days from `first` to `last`; nothing after `at` is counted. The same number of queries for any span."""
    found: Totals = Counter()
    found.update(_arrivals(first, last))
    found.update(_departures(first, last))
    found.update(_defects(first, last))
    found.update(_stocks(first, last, at=at))
    return +found


def _on(field: str, first: date, last: date, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows whose moment lies on one of these days, with that day."""
    span = {f"{field}__gt": end_of(first - timedelta(days=1)), f"{field}__lte": end_of(last)}
    dated: QuerySet[Any] = rows.filter(**span).annotate(
        day=TruncDate(field, tzinfo=ZoneInfo(settings.TIME_ZONE))
    )
    return dated


def _grouped(rows: QuerySet[Any], key: Any) -> Iterable[tuple[date, int, int, str, int]]:
    grouped = rows.annotate(key=key).order_by().values_list("day", "service", "agency", "key")
    counted: Iterable[tuple[date, int, int, str, int]] = grouped.annotate(number=Count("pk"))
    return counted


def _arrivals(first: date, last: date) -> Totals:
    again = Case(When(number=1, then=Value("")), default=Value(AGAIN))
    rows = _grouped(_on("began_at", first, last, stays().filter(is_arrival=True)), again)
    return Counter({Place(day, service, agency, Measure.IN, key): n for day, service, agency, key, n in rows})


def _departures(first: date, last: date) -> Totals:
    left = _on("ended_at", first, last, stays().exclude(left_as=""))
    rows = left.order_by().values_list("day", "service", "agency", "left_as", "office_days", "in_time")
    found: Totals = Counter()
    for day, service, agency, left_as, days, in_time, number in rows.annotate(number=Count("pk")):
        found[Place(day, service, agency, Measure.OUT, left_as)] += number
        if days is not None:
            found[Place(day, service, agency, Measure.DAYS, str(days))] += number
        if in_time is not None:
            measure = Measure.IN_TIME if in_time else Measure.OVER_TIME
            found[Place(day, service, agency, measure)] += number
    return found


def _defects(first: date, last: date) -> Totals:
    """Returns, and the reasons they named; a return with two defects is one return."""
    dated = _on("found_at", first, last, defects()).order_by()
    where = {"service": F("case__service_version__service"), "agency": F("case__agency")}
    found: Totals = Counter()
    for day, service, agency, code, number in dated.values_list("day", *where.values(), "code").annotate(
        number=Count("pk")
    ):
        found[Place(day, service, agency, Measure.DEFECT, code)] += number
    returns = dated.values_list("day", *where.values(), "case", "round").distinct()
    for day, service, agency, _case, _round in returns:
        found[Place(day, service, agency, Measure.RETURNED)] += 1
    return found


def _stocks(first: date, last: date, *, at: datetime) -> Totals:
    """What waited and what was late at the end of each day: what did before the first one, and what each day changed."""
    found: Totals = Counter()
    for measure, spans in ((Measure.WAITING, _waiting()), (Measure.LATE, _late(at))):
        running = _counted(_lasting(spans, end_of(first - timedelta(days=1))))
        changes = _changes(spans, first, last)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            running.update(changes.get(day, {}))
            found.update(
                {
                    Place(day, service, agency, measure, holder): number
                    for (service, agency, holder), number in running.items()
                }
            )
    return found


def waiting_at(moment: datetime) -> QuerySet[Stay]:
    """The stays that lasted at this moment."""
    return _lasting(_waiting(), moment)


def late_at(moment: datetime) -> QuerySet[Stay]:
    """Those among them that were past their date."""
    return _lasting(_late(moment), moment)


def _waiting() -> QuerySet[Stay]:
    return stays().annotate(since=F("began_at"))


def _late(at: datetime) -> QuerySet[Stay]:
    """Stays that went on past their date, from the second after it."""
    since = Greatest(F("began_at"), F("due_at") + SECOND)
    late = stays().filter(due_at__isnull=False).annotate(since=since).filter(since__lte=at)
    return late.filter(Q(ended_at=None) | Q(ended_at__gt=F("since")))


def _lasting(spans: QuerySet[Any], moment: datetime) -> QuerySet[Any]:
    return spans.filter(since__lte=moment).filter(Q(ended_at=None) | Q(ended_at__gt=moment))


def _counted(spans: QuerySet[Any]) -> Counter[tuple[int, int, str]]:
    grouped = spans.order_by().values_list("service", "agency", "holder").annotate(number=Count("pk"))
    return Counter({(service, agency, holder): number for service, agency, holder, number in grouped})


def _changes(spans: QuerySet[Any], first: date, last: date) -> dict[date, Counter[tuple[int, int, str]]]:
    found: dict[date, Counter[tuple[int, int, str]]] = {}
    for field, sign in (("since", 1), ("ended_at", -1)):
        rows = _grouped(_on(field, first, last, spans), F("holder"))
        for day, service, agency, holder, number in rows:
            found.setdefault(day, Counter())[service, agency, holder] += sign * number
    return found

"""A month beside the one before, and the year that led to it: everything that dashboards show, by two queries."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import BooleanField, Case, DateField, F, Q, Sum, Value, When
from django.db.models.functions import Cast, TruncMonth

from oversight.figures import Figures, Measure
from oversight.models import DailyFigure
from oversight.policies import Scope
from services.catalogue.models import Service, ServiceVersion
from services.foundation import texts
from services.foundation.clock import local_date
from services.government.models import Agency

#: How many months the table of months goes back, the shown one included.
MONTHS: Final = 12
STOCKS: Final = (Measure.WAITING, Measure.LATE)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Periods:
    """The month that is shown, up to the figures' moment; the same days of the one before; and twelve months, oldest first."""

    now: Period
    before: Period
    months: tuple[Period, ...]

    @property
    def is_running(self) -> bool:
        """Whether the shown month is not over."""
        return self.now.last < end_of_month(self.now.first)


@dataclass
class Report:
    """Figures by service and agency, of the month and of the days compared with; and those of each month."""

    periods: Periods
    now: dict[tuple[int, int], Figures] = field(default_factory=lambda: defaultdict(Figures))
    before: dict[tuple[int, int], Figures] = field(default_factory=lambda: defaultdict(Figures))
    months: dict[date, Figures] = field(default_factory=lambda: defaultdict(Figures))

    def total(self) -> tuple[Figures, Figures]:
        """All together, of the month and of the days compared with."""
        return Figures.together(self.now.values()), Figures.together(self.before.values())

    def recorded_months(self) -> tuple[Period, ...]:
        """The months from the first one with a figure on; the shown one at least."""
        recorded = [month for month in self.periods.months if self.months[month.first].numbers]
        first = recorded[0] if recorded else self.periods.months[-1]
        return self.periods.months[self.periods.months.index(first) :]

    def by_service(self) -> dict[int, Figures]:
        """The month's figures of each service."""
        return _grouped(self.now, place=0)

    def by_agency(self) -> dict[int, Figures]:
        """The month's figures of each agency."""
        return _grouped(self.now, place=1)


@dataclass(frozen=True, slots=True)
class Names:
    """What services, agencies and reasons for a return are called, in the reader's language; and their codes in addresses."""

    services: Mapping[int, str]
    agencies: Mapping[int, str]
    reasons: Mapping[str, str]
    slugs: Mapping[int, str]
    codes: Mapping[int, str]


def periods(month: date, *, as_of: datetime) -> Periods:
    """The periods of a report on this month (given by any of its days)."""
    today = local_date(as_of)
    firsts = [month.replace(day=1)]
    while len(firsts) <= MONTHS:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    shown = [Period(first, min(end_of_month(first), today)) for first in firsts]
    now, last = shown[0], shown[1]
    if now.last < end_of_month(now.first):
        last = Period(last.first, min(last.first + (now.last - now.first), last.last))
    return Periods(now=now, before=last, months=tuple(reversed(shown[:MONTHS])))


def report(spans: Periods, scope: Scope, *, agency: int | None = None) -> Report:
    """The report of these periods over the reader's agencies, or over one of them. One query."""
    found = Report(spans)
    for day, is_before, service, office, measure, key, number in _rows(spans, scope, agency):
        place = (service, office)
        if is_before and (measure not in STOCKS or day == spans.before.last):
            found.before[place].add(measure, key, number)
        if _belongs(day, measure, spans.now):
            found.now[place].add(measure, key, number)
        for month in spans.months:
            if _belongs(day, measure, month):
                found.months[month.first].add(measure, key, number)
    return found


def names() -> Names:
    """What everything is called. One query for the three tables."""
    columns = ("what", "id", "code", "said")
    services = Service.objects.annotate(what=Value("service"), code=F("slug"), said=F("name"))
    agencies = Agency.objects.annotate(what=Value("agency"), said=F("short_name"))
    reasons = ServiceVersion.objects.filter(retired_at=None, definition__has_key="defect_reasons").annotate(
        what=Value("reasons"), code=Value(""), said=F("definition__defect_reasons")
    )
    parts = [part.order_by().values_list(*columns) for part in (services, agencies, reasons)]
    found: dict[str, list[tuple[int, str, Any]]] = {"service": [], "agency": [], "reasons": []}
    for what, key, code, said in parts[0].union(*parts[1:], all=True):
        found[what].append((key, code, said))
    return Names(
        services={key: texts.local(said) for key, _code, said in found["service"]},
        agencies={key: texts.local(said) for key, _code, said in found["agency"]},
        reasons={
            row["code"]: texts.local(row["label"]) for _key, _code, said in found["reasons"] for row in said
        },
        slugs={key: code for key, code, _said in found["service"]},
        codes={key: code for key, code, _said in found["agency"]},
    )


def end_of_month(day: date) -> date:
    """The last day of the month in which a day lies."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _belongs(day: date, measure: str, period: Period) -> bool:
    """Whether a row is one of this period: a stock stands at its last day, what happened at the first of the month."""
    return day == (period.last if measure in STOCKS else period.first)


def _rows(spans: Periods, scope: Scope, agency: int | None) -> Any:
    """Sums by month for what happened, by day for what stood at a day's end; with whether it is part of the days compared with."""
    ends = {spans.before.last, *(month.last for month in spans.months)}
    within = Q(date__gte=spans.months[0].first, date__lte=spans.now.last) | Q(date__range=_ends(spans.before))
    rows = DailyFigure.objects.filter(
        Q(measure__in=STOCKS, date__in=ends) | (~Q(measure__in=STOCKS) & within)
    )
    if scope.agencies is not None:
        rows = rows.filter(agency__in=scope.agencies)
    if agency is not None:
        rows = rows.filter(agency=agency)
    is_before = Case(
        When(date__range=_ends(spans.before), then=Value(True)),  # noqa: FBT003 (a value for SQL)
        default=Value(False),  # noqa: FBT003
        output_field=BooleanField(),
    )
    day = Case(When(measure__in=STOCKS, then=F("date")), default=Cast(TruncMonth("date"), DateField()))
    grouped = rows.annotate(day=day, is_before=is_before).order_by()
    return grouped.values_list("day", "is_before", "service", "agency", "measure", "key").annotate(
        number=Sum("value")
    )


def _ends(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _grouped(figures: Mapping[tuple[int, int], Figures], *, place: int) -> dict[int, Figures]:
    found: dict[int, list[Figures]] = defaultdict(list)
    for where, each in figures.items():
        found[where[place]].append(each)
    return {key: Figures.together(several) for key, several in found.items()}

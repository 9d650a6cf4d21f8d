"""The cases behind a figure, as stays in an order that a keyset page can follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from oversight.models import Stay
from oversight.policies import Scope
from oversight.queries.cases import defects, stays
from oversight.queries.report import Period
from oversight.queries.totals import AGAIN, end_of, late_at, waiting_at

NEWEST_FIRST: Final = ("-began_at", "-id")
LAST_OUT_FIRST: Final = ("-ended_at", "-id")
LONGEST_FIRST: Final = ("began_at", "id")
FIRST_DUE_FIRST: Final = ("due_at", "id")

#: What narrows a figure of settled cases down.
OVER_TIME: Final = "over-time"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure of which days, up to which moment; `key` narrows it as in `DailyFigure`, "" not at all."""

    figure: str
    period: Period
    as_of: datetime
    key: str = ""
    agency: str = ""
    service: str = ""

    @property
    def moment(self) -> datetime:
        """When a stock stands: at the end of the last day, or now if that day is not over."""
        return min(end_of(self.period.last), self.as_of)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to that moment."""
        return end_of(self.period.first - timedelta(days=1)), self.moment


def behind(asked: Asked, scope: Scope) -> tuple[QuerySet[Stay], tuple[str, ...]]:
    """The stays behind a figure, with what a row of them names, and their order. Raises KeyError for an unknown figure."""
    find, order = FIGURES[asked.figure]
    found = find(asked)
    if scope.agencies is not None:
        found = found.filter(agency__in=scope.agencies)
    if asked.agency:
        found = found.filter(agency__code=asked.agency)
    if asked.service:
        found = found.filter(service__slug=asked.service)
    related = ("case__service_version__service", "case__agency", "case__applicant", "case__district")
    heavy = ("case__answers", "case__service_version__definition")
    return found.select_related(*related).defer(*heavy), order


def _came_in(asked: Asked) -> QuerySet[Stay]:
    found = stays().filter(is_arrival=True, began_at__gt=asked.span[0], began_at__lte=asked.span[1])
    return found.filter(number__gt=1) if asked.key == AGAIN else found


def _left(asked: Asked) -> QuerySet[Stay]:
    found = stays().exclude(left_as="")
    return found.filter(ended_at__gt=asked.span[0], ended_at__lte=asked.span[1])


def _went_out(asked: Asked) -> QuerySet[Stay]:
    return _left(asked).filter(left_as=asked.key) if asked.key else _left(asked)


def _settled(asked: Asked) -> QuerySet[Stay]:
    found = _left(asked).filter(office_days__isnull=False)
    return found.filter(in_time=False) if asked.key == OVER_TIME else found


def _waiting(asked: Asked) -> QuerySet[Stay]:
    found = waiting_at(asked.moment)
    return found.filter(holder=asked.key) if asked.key else found


def _late(asked: Asked) -> QuerySet[Stay]:
    found = late_at(asked.moment)
    return found.filter(holder=asked.key) if asked.key else found


def _returned(asked: Asked) -> QuerySet[Stay]:
    """The first stay of each case that was returned in these days, for this reason if one is given."""
    found = defects().filter(found_at__gt=asked.span[0], found_at__lte=asked.span[1])
    named = found.filter(code=asked.key) if asked.key else found
    return stays().filter(number=1, case__in=named.values("case"))


Finder = Callable[[Asked], QuerySet[Stay]]

#: Every figure that can be opened, and the order of what lies behind it.
FIGURES: Final[Mapping[str, tuple[Finder, tuple[str, ...]]]] = {
    "in": (_came_in, NEWEST_FIRST),
    "out": (_went_out, LAST_OUT_FIRST),
    "settled": (_settled, LAST_OUT_FIRST),
    "waiting": (_waiting, LONGEST_FIRST),
    "late": (_late, FIRST_DUE_FIRST),
    "returned": (_returned, NEWEST_FIRST),
}

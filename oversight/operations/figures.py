"""Keeping the figures: cases that moved are lived through again, and the days that this touches are counted anew.

Whoever reads meanwhile sees the figures of before or those of after, never half of them. Doing it twice changes nothing.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from oversight import replay
from oversight.models import DailyFigure, Refresh, Stay
from oversight.queries import cases as seen
from oversight.queries import record, totals
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.foundation import locks
from services.foundation.clock import local_date
from services.government.models import Agency

LOCK: Final = "oversight.figures"
#: A case may come in and be settled between two refreshes, and may be committed a little after its own moment.
OVERLAP: Final = timedelta(days=1)
#: What makes two drawings of a stay the same.
DRAWN: Final = (
    *("number", "service_id", "agency_id", "is_arrival", "holder", "began_at", "ended_at", "due_at"),
    *("left_as", "office_days", "in_time"),
)


def refresh_figures(*, at: datetime) -> bool:
    """Bring the figures up to this moment; False where another worker is at it."""
    with transaction.atomic():
        if not locks.try_transaction_lock(LOCK):
            return False
        last = Refresh.objects.values_list("as_of", flat=True).first()
        touched = [*_forget_hidden(), *_draw(_changed_since(last))]
        _sum_up(min([*touched, local_date(last or at)]), at=at)
    return True


def recompute_figures(*, at: datetime) -> None:
    """Draw every case and count every day again, from the record."""
    with transaction.atomic():
        locks.transaction_lock(LOCK)
        _forget_hidden()
        _draw(_keys(seen.cases()))
        DailyFigure.objects.all().delete()
        _sum_up(totals.first_day() or local_date(at), at=at)


def _changed_since(last: datetime | None) -> list[int]:
    """Cases to draw: those that are open or were, and those that came in lately; all of them the first time."""
    undrawn = seen.undrawn_cases()
    if last is None:
        return _keys(undrawn)
    found = {key for part in seen.may_have_moved() for key in _keys(undrawn.filter(part))}
    return sorted(found | set(_keys(undrawn.filter(submitted_at__gte=last - OVERLAP))))


def _keys(cases: QuerySet[Case]) -> list[int]:
    return list(cases.order_by("pk").values_list("pk", flat=True))


def _forget_hidden() -> list[date]:
    """Forget the stays of cases that became confidential; the days on which these were counted."""
    hidden = seen.hidden_stays()
    began = [local_date(moment) for moment in hidden.values_list("began_at", flat=True)]
    hidden.delete()
    return began


def _draw(keys: list[int]) -> list[date]:
    """Draw the stays of these cases; the first day that each change touches."""
    touched: list[date] = []
    versions: dict[int, ServiceVersion] = {}
    agencies = dict(Agency.objects.values_list("code", "pk"))
    for some in record.in_hundreds(keys):
        cases = list(seen.cases().filter(pk__in=some))
        _share_versions(cases, versions)
        prefetch_related_objects(cases, "pauses")
        moves = record.moves_of(cases)
        fresh = {case.pk: replay.stays_of(case, moves[case.reference], agencies) for case in cases}
        touched += _keep(fresh)
    return touched


def _share_versions(cases: list[Case], versions: dict[int, ServiceVersion]) -> None:
    """Give all cases of a version the same one, so that its definition is read once."""
    missing = {case.service_version_id for case in cases} - versions.keys()
    versions |= ServiceVersion.objects.in_bulk(missing)
    for case in cases:
        case.service_version = versions[case.service_version_id]


def _keep(fresh: dict[int, list[Stay]]) -> list[date]:
    """Replace the stays of cases whose drawing differs from the kept one; the days from which on it does."""
    kept: dict[int, list[Stay]] = {key: [] for key in fresh}
    for stay in Stay.objects.filter(case__in=fresh).order_by("case", "number"):
        kept[stay.case_id].append(stay)
    differing = [key for key in fresh if not _are_same(fresh[key], kept[key])]
    outdated = [key for key in fresh if key not in set(differing) and _is_outdated(fresh[key], kept[key])]
    Stay.objects.filter(case__in=[*differing, *outdated]).delete()
    Stay.objects.bulk_create(stay for key in [*differing, *outdated] for stay in fresh[key])
    return [
        local_date(_first_difference(fresh[key], kept[key])) for key in differing if fresh[key] or kept[key]
    ]


def _are_same(fresh: list[Stay], kept: list[Stay]) -> bool:
    return [_drawn(stay) for stay in fresh] == [_drawn(stay) for stay in kept]


def _is_outdated(fresh: list[Stay], kept: list[Stay]) -> bool:
    return [stay.case_version for stay in fresh] != [stay.case_version for stay in kept]


def _first_difference(fresh: list[Stay], kept: list[Stay]) -> datetime:
    """The beginning of the first stay that one drawing has and the other has not."""
    known = {_drawn(stay) for stay in fresh} ^ {_drawn(stay) for stay in kept}
    return min(stay.began_at for stay in [*fresh, *kept] if _drawn(stay) in known)


def _drawn(stay: Stay) -> tuple[Any, ...]:
    return tuple(getattr(stay, name) for name in DRAWN)


def _sum_up(first: date, *, at: datetime) -> None:
    """Count the days from `first` on anew."""
    counted = totals.totals(first, local_date(at), at=at)
    DailyFigure.objects.filter(date__gte=first).delete()
    DailyFigure.objects.bulk_create(
        (
            DailyFigure(
                date=place.date,
                service_id=place.service,
                agency_id=place.agency,
                measure=place.measure,
                key=place.key,
                value=number,
            )
            for place, number in counted.items()
        ),
        batch_size=1000,
    )
    Refresh.objects.update_or_create(id=1, defaults={"as_of": at})

"""The one message of the morning to heads: what came in, what went out, what is late, and the three that wait longest."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, Q, QuerySet
from django.urls import reverse

from services.casework import heads
from services.casework.heads import Head
from services.casework.models import Case
from services.foundation import locks
from services.foundation.clock import local_date
from services.notifications import operations as notifications

NOTICE: Final = "casework/morning"
#: From when on it is told, where the government is. Later on a day on which nothing ran at that hour.
TOLD_FROM: Final = time(6, 30)
OLDEST: Final = 3


def tell_heads(*, at: datetime) -> int:
    """Tell every head once a day, from 06:30 on; returns how many were told now. Any number of beats may ask."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if at.astimezone(zone).time() < TOLD_FROM:
        return 0
    with transaction.atomic():
        if not locks.try_transaction_lock("casework.tell_heads"):
            return 0
        counted = _counted(at)
        return sum(_tell(head, counted, at=at) for head in heads.heads(at=at))


def _tell(head: Head, counted: dict[str, Counter[int]], *, at: datetime) -> bool:
    """One head; False where they were told today before."""
    told_for = local_date(at)
    late = heads.late_cases(at=at).filter(head.reach)
    sums = {name: _sum(numbers, head) for name, numbers in counted.items()}
    reached = late.filter(Exists(heads.hops_that(head.rung))).count()
    context = {
        **sums,
        "reached": reached,
        "looks": heads.looks_that_came_up_to(head).count(),
        "day": (told_for - timedelta(days=1)).isoformat(),
        "oldest": [_row(case) for case in late[:OLDEST]],
        "path": reverse("admin:casework_case_escalated"),
    }
    notice = notifications.notify(
        head.user,
        notice=NOTICE,
        context=context,
        legally_required=False,
        dedupe_key=f"{NOTICE}:{told_for.isoformat()}:{head.user.pk}",
        at=at,
    )
    return notice.created_at == at


def _sum(numbers: Counter[int], head: Head) -> int:
    return numbers.total() if head.is_root else sum(numbers[agency] for agency in head.agencies)


def _counted(at: datetime) -> dict[str, Counter[int]]:
    """By agency: what came in and went out on the day before, and what is late now. Three queries."""
    zone = ZoneInfo(settings.TIME_ZONE)
    end = datetime.combine(local_date(at), time(), tzinfo=zone)
    span = (end - timedelta(days=1), end - timedelta(microseconds=1))
    sent = Case.objects.filter(is_confidential=False, submitted_at__isnull=False)
    out = Q(decided_at__range=span) | Q(decided_at=None, closed_at__range=span)
    return {
        "came": _by_agency(sent.filter(submitted_at__range=span)),
        "went": _by_agency(sent.filter(out)),
        "late": _by_agency(heads.late_cases(at=at).select_related(None).order_by()),
    }


def _by_agency(cases: QuerySet[Case]) -> Counter[int]:
    rows: Iterable[tuple[int, int]] = cases.values_list("agency").annotate(Count("pk"))
    return Counter(dict(rows))


def _row(case: Case) -> dict[str, Any]:
    """One case in the message: no person, and no words that a person wrote."""
    return {
        "reference": case.reference,
        "service": case.service_version.service.name,
        "agency": case.agency.name,
        "due_at": case.due_at and case.due_at.isoformat(),
    }

"""The one message of the morning to heads: what came in, what went out, what is late, and the three that wait longest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from services.accounts import queries as accounts
from services.accounts.models import User
from services.casework import policies, workload
from services.casework.models import Case, EscalationHop, Told
from services.foundation import locks
from services.foundation.clock import local_date
from services.government.models import Agency
from services.notifications import operations as notifications

NOTICE: Final = "casework/morning"
#: From when on it is told, where the government is. Later on a day on which nothing ran at that hour.
TOLD_FROM: Final = time(6, 30)
OLDEST: Final = 3


@dataclass(slots=True)
class Head:
    """Somebody who reads it: the agencies they head, and whether one of them stands above all or inspects all."""

    user: User
    agencies: set[int] = field(default_factory=set)
    is_root: bool = False
    inspects: bool = False

    @property
    def reach(self) -> Q:
        """The condition under which a case belongs into their message."""
        if self.is_root:
            return Q()
        own = Q(agency__in=self.agencies)
        return own | Q(Exists(_hops(Told.INSPECTORATE))) if self.inspects else own

    @property
    def rung(self) -> str:
        """The rung of the ladder that reaches them."""
        if self.is_root:
            return Told.HEAD_OF_GOVERNMENT
        return Told.INSPECTORATE if self.inspects else Told.HEAD


def tell_heads(*, at: datetime) -> int:
    """Tell every head once a day, from 06:30 on; returns how many were told now. Any number of beats may ask."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if at.astimezone(zone).time() < TOLD_FROM:
        return 0
    with transaction.atomic():
        if not locks.try_transaction_lock("casework.tell_heads"):
            return 0
        counted = _counted(at)
        return sum(_tell(head, counted, at=at) for head in heads(at=at))


def heads(*, at: datetime) -> list[Head]:
    """Whoever wears the hat of an executive, with everything they head."""
    found: dict[int, Head] = {}
    for membership in accounts.heads(at=at):
        head = found.setdefault(membership.user_id, Head(membership.user))
        head.agencies.add(membership.agency_id)
        head.is_root |= membership.agency.is_root
        head.inspects |= membership.agency.role == Agency.Role.INSPECTORATE
    return list(found.values())


def head_of(user: User, *, at: datetime) -> Head | None:
    """What this user heads; None for whoever heads nothing."""
    return next((head for head in heads(at=at) if head.user.pk == user.pk), None)


def under(head: Head) -> QuerySet[Case]:
    """The sent cases that a head may know of: none confidential, none that is their own matter."""
    cases = Case.objects.filter(head.reach, is_confidential=False, submitted_at__isnull=False)
    cases = cases.exclude(helper=head.user).exclude(applicant__user=head.user)
    cases = cases.exclude(policies.own_matters(head.user))
    return cases.select_related("agency", "service_version__service").defer("answers")


def come_up_to(head: Head, *, at: datetime) -> QuerySet[Case]:
    """Open cases under this head that are late, or that a rung of the ladder has brought to them."""
    reached = workload.late(at) | Q(Exists(_hops(head.rung)))
    return under(head).filter(reached, closed_at=None, decided_at=None, due_at__isnull=False)


def case_under(head: Head, reference: str) -> Case | None:
    """One case that a head may know of."""
    return under(head).prefetch_related("pauses").filter(reference=reference).first()


def late_cases(*, at: datetime) -> QuerySet[Case]:
    """What is late now, the oldest first; nothing confidential."""
    late = Case.objects.filter(workload.late(at), closed_at=None, is_confidential=False)
    return late.select_related("agency", "service_version__service").order_by("due_at", "pk")


def _tell(head: Head, counted: dict[str, Counter[int]], *, at: datetime) -> bool:
    """One head; False where they were told today before."""
    told_for = local_date(at)
    late = late_cases(at=at).filter(head.reach)
    sums = {name: _sum(numbers, head) for name, numbers in counted.items()}
    reached = late.filter(Exists(_hops(head.rung))).count()
    context = {
        **sums,
        "reached": reached,
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
        "late": _by_agency(late_cases(at=at).select_related(None).order_by()),
    }


def _by_agency(cases: QuerySet[Case]) -> Counter[int]:
    rows: Iterable[tuple[int, int]] = cases.values_list("agency").annotate(Count("pk"))
    return Counter(dict(rows))


def _hops(tells: str) -> QuerySet[EscalationHop]:
    return EscalationHop.objects.filter(case=OuterRef("pk"), tells=tells)


def _row(case: Case) -> dict[str, Any]:
    """One case in the message: no person, and no words that a person wrote."""
    return {
        "reference": case.reference,
        "service": case.service_version.service.name,
        "agency": case.agency.name,
        "due_at": case.due_at and case.due_at.isoformat(),
    }

"""Whoever heads an office, the government or the inspectorate: which cases they may know of, and what has come up to them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.accounts import queries as accounts
from services.accounts.models import User
from services.casework import policies, workload
from services.casework.models import Case, EscalationHop, SecondLook, Told
from services.government.models import Agency


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
        return own | Q(Exists(hops_that(Told.INSPECTORATE))) if self.inspects else own

    @property
    def rung(self) -> str:
        """The rung of the ladder that reaches them."""
        if self.is_root:
            return Told.HEAD_OF_GOVERNMENT
        return Told.INSPECTORATE if self.inspects else Told.HEAD


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
    cases = _not_their_own(head).filter(head.reach, submitted_at__isnull=False)
    return cases.select_related("agency", "service_version__service").defer("answers")


def _not_their_own(head: Head) -> QuerySet[Case]:
    """Cases without what is confidential, and without a head's own matters."""
    cases = Case.objects.filter(is_confidential=False)
    cases = cases.exclude(helper=head.user).exclude(applicant__user=head.user)
    return cases.exclude(policies.own_matters(head.user))


def come_up_to(head: Head, *, at: datetime) -> QuerySet[Case]:
    """Open cases under this head that are late, or that a rung of the ladder has brought to them."""
    reached = workload.late(at) | Q(Exists(hops_that(head.rung)))
    return under(head).filter(reached, workload.runs(), closed_at=None, due_at__isnull=False)


def case_under(head: Head, reference: str) -> Case | None:
    """One case that a head may know of."""
    return under(head).prefetch_related("pauses").filter(reference=reference).first()


def late_cases(*, at: datetime) -> QuerySet[Case]:
    """What is late now, the oldest first; nothing confidential."""
    late = Case.objects.filter(workload.late(at), closed_at=None, is_confidential=False)
    return late.select_related("agency", "service_version__service").order_by("due_at", "pk")


def hops_that(tells: str) -> QuerySet[EscalationHop]:
    """The rungs of a case (of an outer query) that tell these, without those of a look at a decision of the machine."""
    passed = EscalationHop.objects.filter(case=OuterRef("pk"), tells=tells)
    return passed.exclude(clock__in=SecondLook.CLOCKS.values())


def looks_that_came_up_to(head: Head) -> QuerySet[SecondLook]:
    """Decisions of the machine that nobody has looked at again, and that a rung has brought to this head; the oldest first."""
    passed = EscalationHop.objects.filter(case=OuterRef("case"), clock_started_at=OuterRef("drawn_at"))
    reached = Exists(passed.filter(tells=head.rung, clock__in=SecondLook.CLOCKS.values()))
    waiting = SecondLook.objects.filter(reached, result="", case__in=_not_their_own(head))
    found = waiting if head.is_root or head.inspects else waiting.filter(case__agency__in=head.agencies)
    return found.select_related("case__agency", "case__service_version__service").order_by("drawn_at", "pk")

"""All reads of cases: the citizen's, the desk's, the public's, and the timeline drawn from the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import policies, workflow
from services.casework.models import Case
from services.casework.workflow import Status, Transition
from services.government.models import Agency

#: Hats that may read a case file of their agency. Auditors read those of every agency; each opening is on record.
READING_HATS = frozenset({Hat.INTAKE, Hat.REVIEWER, Hat.INSPECTOR, Hat.APPROVER, Hat.SUPERVISOR, Hat.EXECUTIVE})


@dataclass(frozen=True, slots=True)
class Station:
    """One public station of a case: what, when, at which office. No person."""

    status: Status
    at: datetime
    agency: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a timeline: the action, when, and by which hat of which agency."""

    action: str
    at: datetime
    hat: str
    agency: str
    details: dict[str, Any]


def _full() -> QuerySet[Case]:
    return Case.objects.select_related(
        "agency", "district", "applicant__user", "helper", "assignee", "service_version__service"
    )


def case_for(user: User, reference: str) -> Case | None:
    """The case as the citizen's side may see it; None for anybody else."""
    mine = Q(applicant__user=user) | Q(helper=user)
    return _full().filter(mine, reference=reference).first()


def cases_of(user: User) -> QuerySet[Case]:
    """Cases of the citizen's side, newest first."""
    return _full().filter(Q(applicant__user=user) | Q(helper=user)).order_by("-created_at", "-id")


def desk_case(user: User, reference: str, *, at: datetime) -> Case | None:
    """The case as an officer may see it: sent, of an agency where they wear a hat, and not their own matter."""
    case = _full().filter(reference=reference, submitted_at__isnull=False).first()
    if case is None:
        return None
    return case if reading_hat(user, case, at=at) else None


def reading_hat(user: User, case: Case, *, at: datetime) -> str:
    """The hat under which this officer reads the file, or ""."""
    worn = policies.hats_for(user, case, at) & READING_HATS
    return sorted(worn)[0] if worn else ""


def desk_cases(user: User, *, at: datetime) -> QuerySet[Case]:
    """Every sent case that this officer may open, without those in which they are a party."""
    agencies = accounts.agencies_of(user, at=at)
    return _full().filter(agency__in=agencies, submitted_at__isnull=False).exclude(Q(helper=user) | Q(applicant__user=user))


def waiting_for(*, agency: Agency, hat: str, user: User, at: datetime) -> QuerySet[Case]:
    """The fair queue of a hat: unassigned, not the user's own matter, whoever was promised first comes first."""
    return _actionable(agency=agency, hat=hat, user=user).filter(assignee=None).order_by("place_at", "submitted_at", "id")


def ahead_of(case: Case, *, hat: str, user: User, at: datetime) -> QuerySet[Case]:
    """Unassigned cases of the same service and step that come before this one in the queue."""
    return waiting_for(agency=case.agency, hat=hat, user=user, at=at).filter(
        status=case.status, service_version__service=case.service_version.service, place_at__lt=case.place_at
    )


def on_desk_of(user: User) -> QuerySet[Case]:
    """Open cases assigned to this officer, the most pressing first."""
    return _full().filter(assignee=user, closed_at=None).order_by("place_at", "submitted_at", "id")


def allowed_transitions(case: Case, user: User, *, at: datetime) -> list[Transition]:
    """What this user may do now: the same table that enforces it draws the buttons."""
    return [
        transition for transition in case.workflow.leaving(case.status) if policies.can_act(user, case, transition, at)
    ]


def tracking(reference: str) -> Case | None:
    """A sent case for the public tracking page: the template shows stations, dates and the office, and no person."""
    return (
        Case.objects.filter(reference=reference, submitted_at__isnull=False)
        .select_related("agency", "service_version__service")
        .only(
            "reference", "kind", "status", "status_at", "submitted_at", "complete_at", "decided_at", "closed_at", "due_at",
            "agency__name", "agency__code", "service_version__definition", "service_version__service__slug",
        )
        .first()
    )  # fmt: skip


def stations(case: Case) -> list[Station]:
    """The public stations of a case in order, from the record."""
    flow = workflow.of_kind(case.kind)
    found = []
    for event in _events(case):
        code = event.details.get("status")
        if code in flow.by_code and code != "DRAFT":
            found.append(Station(status=flow.status(code), at=event.at, agency=event.actor.agency))
    return found


def timeline(case: Case) -> list[Step]:
    """Every event of the case, oldest first."""
    return [
        Step(action=event.action, at=event.at, hat=event.actor.hat, agency=event.actor.agency, details=event.details)
        for event in _events(case)
    ]


def openings(steps: Iterable[Step]) -> list[Step]:
    """The steps in which an officer opened the file."""
    return [step for step in steps if step.action == "casework.file.opened"]


def _actionable(*, agency: Agency, hat: str, user: User) -> QuerySet[Case]:
    statuses = [(flow.kind, flow.queue_statuses(hat)) for flow in workflow.every()]
    waiting = Q(pk__in=[])
    for kind, codes in statuses:
        waiting |= Q(kind=kind, status__in=codes)
    queryset = Case.objects.filter(waiting, agency=agency, closed_at=None, submitted_at__isnull=False).exclude(
        helper=user
    )
    queryset = queryset.exclude(applicant__user=user)
    if hat == Hat.APPROVER:
        queryset = queryset.exclude(recommended_by=user)
    return queryset.select_related("agency", "service_version__service")


def _events(case: Case) -> list[audit.RecordedEvent]:
    return audit.events_of(Subject("case", case.reference), since=case.created_at)

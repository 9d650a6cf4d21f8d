"""An urgent class of the standard: an officer proposes it for a case, the supervisor decides, and the case has its place in front."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from services.accounts.models import Hat, User
from services.casework import policies, transitions
from services.casework.models import Case, Urgency
from services.casework.operations.values import UnableToHandle
from services.casework.transitions import LockedCase

PROPOSED: Final = "casework.urgency.proposed"
GRANTED: Final = "casework.urgency.granted"
DECLINED: Final = "casework.urgency.declined"
#: Who may propose: whoever works on files.
PROPOSING_HATS: Final = frozenset({Hat.INTAKE, Hat.REVIEWER, Hat.INSPECTOR, Hat.APPROVER})


def propose_urgency(case: Case, *, actor: User, code: str, words: str, at: datetime) -> Urgency:
    """Propose a case for an urgent class of its standard, with the reason. Nothing changes before the supervisor decides.

    Raises UnableToHandle (code, words, urgency), policies.UnableToAct (hat, away, pact, conflict).
    """
    if code not in {row.code for row in case.service_version.parsed.urgent}:
        raise UnableToHandle(code="code", message=_("Choose the urgent class."), field="code")
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Write why, and what shows it."), field="words")
    with transaction.atomic():
        locked = transitions.lock(case)
        hat = _hat(locked, actor, PROPOSING_HATS, at=at)
        if not locked.current.queue_hat or locked.urgencies.exclude(state=Urgency.State.DECLINED).exists():
            taken = _(
                "This case cannot be proposed now: it waits for nobody at the office, or was proposed already."
            )
            raise UnableToHandle(code="urgency", message=taken)
        urgency = Urgency.objects.create(
            case=locked, code=code, words=words.strip(), proposed_by=actor, proposed_at=at
        )
        transitions.touch(locked, fields=())
        transitions.record(
            locked, PROPOSED, actor=actor, hat=hat, at=at, details={"class": code, "reason": words.strip()}
        )
        told = {"reference": locked.reference, "urgency": urgency.pk}
        transitions.promise(locked, PROPOSED, told, key=str(urgency.pk), at=at)
    return urgency


def decide_urgency(case: Case, *, actor: User, is_granted: bool, answer: str, at: datetime) -> Urgency:
    """Decide what was proposed for a case: a grant puts it before all that wait at its service and step, who are counted.

    Raises UnableToHandle (answer, urgency), policies.UnableToAct (hat, away, pact, conflict, four_eyes).
    """
    if not answer.strip():
        raise UnableToHandle(code="answer", message=_("Write a few words."), field="answer")
    with transaction.atomic():
        locked = transitions.lock(case)
        hat = _hat(locked, actor, frozenset({Hat.SUPERVISOR}), at=at)
        row = locked.urgencies.select_for_update().filter(state=Urgency.State.PROPOSED).first()
        if row is None or locked.closed_at:
            raise UnableToHandle(code="urgency", message=_("Nothing waits here to be decided."))
        if row.proposed_by_id == actor.pk:
            raise policies.UnableToAct(code="four_eyes", message=_("Whoever proposes it does not decide it."))
        row.state = Urgency.State.GRANTED if is_granted else Urgency.State.DECLINED
        row.decided_by, row.decided_at, row.answer = actor, at, answer.strip()
        row.overtook = _put_in_front(locked, row.code) if is_granted else 0
        row.save()
        details = {"class": row.code, "reason": row.answer, "overtook": row.overtook}
        event = GRANTED if is_granted else DECLINED
        transitions.record(locked, event, actor=actor, hat=hat, at=at, details=details)
    return row


def _put_in_front(case: LockedCase, code: str) -> int:
    """Give a case the place before all that wait with it; returns how many it overtook."""
    ahead = _ahead(case)
    overtaken = ahead.count()
    case.urgent_code = code
    case.overtook = min(case.overtook + overtaken, 32_000)
    if overtaken:
        first = ahead.aggregate(first=Min("place_at"))["first"]
        case.place_at = first - timedelta(microseconds=1)
    transitions.touch(case, fields=("urgent_code", "overtook", "place_at"))
    return min(overtaken, 32_000)


def _ahead(case: Case) -> QuerySet[Case]:
    """Unassigned cases of the same office, service and step that wait before this one: promised earlier, or for the same day and sent earlier."""
    same_day = Q(place_at=case.place_at, submitted_at__lte=case.submitted_at)
    return Case.objects.filter(
        Q(place_at__lt=case.place_at) | same_day,
        agency=case.agency,
        status=case.status,
        service_version__service=case.service_version.service,
        assignee=None,
        closed_at=None,
    ).exclude(pk=case.pk)


def _hat(case: LockedCase, actor: User, wanted: frozenset[str], *, at: datetime) -> str:
    hats = policies.hats_for(actor, case, at) & wanted
    if not hats:
        policies.require_pact(actor, case, wanted, at)
        raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
    policies.require_no_conflict(actor, case, at)
    transitions.require_settled(case, at)
    return min(hats)

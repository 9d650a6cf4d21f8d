"""The personal signature under what was decided: put down case by case, or refused with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import structlog
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from services.accounts.models import Hat, User
from services.casework import holdings, papers, policies, transitions
from services.casework.models import Case, Outcome
from services.casework.operations.decision import NO_CONFLICT
from services.casework.operations.recusal import note_conflict
from services.casework.operations.values import UnableToHandle
from services.casework.workflow import DECLINE_TO_SIGN, SIGN, TO_SIGN, Transition
from services.foundation.errors import UnableTo

log = structlog.get_logger(__name__)

#: What the event of a signature says of a paper that its signer did not open before.
NEVER_OPENED: Final = "never"


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of a batch: the cases that were signed, and why each of the others was not, by its reference."""

    cases: list[Case] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def sign_papers(chosen: Mapping[str, int], *, actor: User, at: datetime) -> Signed:
    """Sign these papers (the version that was looked at, by reference), each in a transaction of its own with its own event.

    One that cannot be signed takes no other with it. Whoever calls has asked for the password again, once for all of them.
    """
    done = Signed()
    for reference, version in chosen.items():
        case = Case.objects.filter(reference=reference, status=TO_SIGN).first()
        if case is None:
            done.refused[reference] = _("It does not wait for a signature any longer.")
            continue
        try:
            road = case.workflow.transition(SIGN)
            done.cases.append(sign_case(case, road, actor=actor, at=at, expected_version=version))
        except UnableTo as refusal:
            note_conflict(case, refusal, actor=actor, doing=SIGN, at=at)
            done.refused[reference] = str(refusal.message)
        except DatabaseError as problem:
            log.exception("casework.signing.failed", reference=reference, problem=type(problem).__name__)
            done.refused[reference] = _("Something went wrong with this one. Try it again.")
    return done


def sign_case(
    case: Case, transition: Transition, *, actor: User, at: datetime, expected_version: int | None = None
) -> Case:
    """Sign the paper of one case: the grant stands from this moment, and the certificate is made.

    The event keeps when the signer last opened the paper, or that they never did. Raises UnableToMove, policies.UnableToAct
    (hat, pact, away, conflict, four_eyes).
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        opened_at = papers.opened_by(actor, [locked]).get(locked.reference)
        return transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={"signed_by": actor, "outcome": Outcome.GRANTED},
            details={
                "outcome": Outcome.GRANTED.value,
                "opened_at": opened_at.isoformat() if opened_at else NEVER_OPENED,
                "conflict": NO_CONFLICT,
            },
        )


def decline_to_sign(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    reason: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Send a case back unsigned, with a reason that the office reads: to whoever decided it, or else into their queue.

    Raises UnableToHandle (words), UnableToMove, policies.UnableToAct.
    """
    if not reason.strip():
        words = _("Write why you do not sign it: whoever decided it has to know.")
        raise UnableToHandle(code="words", message=words, field="reason")
    with transaction.atomic():
        if case.decided_by_id:
            holdings.lock_desk_of(case.decided_by_id)
        locked = transitions.lock(case, expected_version=expected_version)
        decider = _still_deciding(locked, at=at)
        changes: dict[str, Any] = {"decided_by": None, "signer_hat": "", "assignee": decider}
        moved = transitions.move(
            locked, transition, actor=actor, at=at, changes=changes, details={"reason": reason.strip()}
        )
        if decider:
            holdings.begin(moved, officer=decider, hat=Hat.APPROVER, at=at)
    return moved


def send_back(case: Case, *, actor: User, reason: str, at: datetime) -> Case:
    """`decline_to_sign` along the road of the case's own service."""
    return decline_to_sign(case, case.workflow.transition(DECLINE_TO_SIGN), actor=actor, reason=reason, at=at)


def _still_deciding(case: Case, *, at: datetime) -> User | None:
    """Whoever decided it, where they may still decide it today."""
    decider = case.decided_by
    if decider is None or Hat.APPROVER not in policies.hats_for(decider, case, at):
        return None
    return decider

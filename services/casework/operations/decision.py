"""The reviewer recommends, another one decides."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import branches, transitions
from services.casework.models import Case, Outcome, Recommendation
from services.casework.operations.values import UnableToHandle
from services.casework.workflow import GRANT_FOR_SIGNATURE, Transition

#: What whoever decides declares by deciding, in the sentence beside the button; it stands in the event of the decision.
NO_CONFLICT: Final = "none_declared"


def recommend_case(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    recommendation: str,
    reason_code: str = "",
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Recommend to grant or to refuse, once every review is done; a recommendation to refuse names its reason."""
    if recommendation not in Recommendation.values:
        raise UnableToHandle(
            code="recommendation", message=_("Choose what you recommend."), field="recommendation"
        )
    if recommendation == Recommendation.REFUSE:
        _require_refusal_reason(case, reason_code)
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        if branches.unfinished(locked):
            raise UnableToHandle(
                code="reviews", message=_("A review is not done yet. Recommend once all of them are.")
            )
        return transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={
                "recommended_by": actor,
                "recommendation": recommendation,
                "recommendation_code": reason_code,
                "recommendation_reason": reason,
                "assignee": None,
            },
            details={"recommendation": recommendation},
        )


def decide_case(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    outcome: Outcome,
    reason_code: str = "",
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Decide. The decider may not have recommended; a refusal names its reason code, whose article the letter cites.

    A grant whose paper a person signs takes the road to the one who signs, and is told and counted with the signature.
    """
    if outcome == Outcome.REFUSED:
        _require_refusal_reason(case, reason_code)
    passed_on = transition.name == GRANT_FOR_SIGNATURE
    signature = case.service_version.parsed.signature if passed_on else None
    return transitions.apply(
        case,
        transition,
        actor=actor,
        at=at,
        reason_code=reason_code,
        reason=reason,
        expected_version=expected_version,
        changes={
            "decided_by": actor,
            "assignee": None,
            **({"signer_hat": signature.hat} if signature else {"outcome": outcome}),
        },
        details={"outcome": outcome, "conflict": NO_CONFLICT},
    )


def _require_refusal_reason(case: Case, reason_code: str) -> None:
    if reason_code not in {known.code for known in case.service_version.parsed.refusal_reasons}:
        raise UnableToHandle(
            code="reason", message=_("Choose the reason of the refusal."), field="reason_code"
        )

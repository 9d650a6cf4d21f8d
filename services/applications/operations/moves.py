"""The operations behind the roads of an application, made for each public service along its own transitions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from services.casework import operations as casework
from services.casework.models import Case, Objection, Outcome
from services.casework.workflow import DECLINE_TO_SIGN, GRANT_FOR_SIGNATURE, SIGN, Workflow

Move = Callable[..., Case]

_BY_ROAD: Final[Mapping[str, Move]] = {
    "submit": casework.send_case,
    "resubmit": casework.send_case_again,
    "return": casework.return_case,
    "accept": casework.accept_case,
    "ask": casework.ask_applicant,
    "ask_again": casework.release_request,
    "answer": casework.answer_request,
    "unask": casework.withdraw_request,
    "recommend": casework.recommend_case,
    "grant": partial(casework.decide_case, outcome=Outcome.GRANTED),
    GRANT_FOR_SIGNATURE: partial(casework.decide_case, outcome=Outcome.GRANTED),
    SIGN: casework.sign_case,
    DECLINE_TO_SIGN: casework.decline_to_sign,
    "refuse": partial(casework.decide_case, outcome=Outcome.REFUSED),
    "object": casework.object_to_decision,
    "confirm_decision": partial(casework.answer_objection, result=Objection.Result.CONFIRMED),
    "replace_decision": partial(casework.answer_objection, result=Objection.Result.REPLACED),
    "contest": casework.object_to_decision,
    "confirm_paper": partial(casework.answer_objection, result=Objection.Result.CONFIRMED),
    "lift_suspension": partial(casework.answer_objection, result=Objection.Result.REPLACED),
    "replace_paper": partial(casework.answer_objection, result=Objection.Result.REPLACED),
    "withdraw": casework.withdraw_case,
}


def moves(flow: Workflow) -> dict[str, Move]:
    """What people do to an application of this service, by the name of the road."""
    return {
        name: partial(move, transition=flow.transition(name))
        for name, move in _BY_ROAD.items()
        if name in flow.by_name
    }

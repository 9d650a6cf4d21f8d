"""A person looks at one in so many decisions of the machine afterwards: drawn when it decides, by nobody's choice."""

import secrets
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import Hat, User
from services.casework import hands, policies, transitions
from services.casework.models import Case, SecondLook
from services.casework.operations.values import UnableToHandle
from services.catalogue.definition import ServiceDefinition

#: Who looks: whoever checks substance, or decides, in the office of the case.
LOOKING_HATS: Final = frozenset({Hat.REVIEWER, Hat.APPROVER})
#: Of how many decisions one is looked at where the pack says nothing.
ONE_IN: Final = 20
CONFIRMED: Final = "casework.machine.confirmed"
ERRED: Final = "casework.machine.erred"


def draw(definition: ServiceDefinition) -> dict[str, int]:
    """Draw from the randomness of the operating system; 0 is looked at again. What the event keeps of it."""
    one_in = definition.human_looks_at_one_in or ONE_IN
    return {"one_in": one_in, "drawn": secrets.randbelow(one_in)}


def keep_drawn(case: Case, drawn: dict[str, int], *, at: datetime) -> None:
    """Put a decision that was drawn into the queue of second looks, in the transaction of the decision."""
    if drawn["drawn"] == 0:
        SecondLook.objects.create(case=case, one_in=drawn["one_in"], drawn_at=at)


def look_again(look: SecondLook, *, actor: User, result: str, words: str = "", at: datetime) -> SecondLook:
    """Say what was found, once; the grant stands. An error is told to whoever may take the paper back, and to who supervises.

    Raises UnableToHandle (result, words, looked), policies.UnableToAct (hat, pact, conflict, four_eyes).
    """
    if result not in SecondLook.Result.values:
        raise UnableToHandle(code="result", message=_("Say whether it was right."), field="result")
    if result == SecondLook.Result.ERROR and not words.strip():
        raise UnableToHandle(code="words", message=_("Say what is wrong."), field="words")
    with transaction.atomic():
        case = transitions.lock(look.case)
        hat = _hat_of(actor, case, at=at)
        kept = SecondLook.objects.select_for_update().get(pk=look.pk)
        if kept.result:
            raise UnableToHandle(code="looked", message=_("Somebody has looked at this decision already."))
        kept.result, kept.words, kept.looked_by, kept.looked_at = result, words.strip(), actor, at
        kept.save(update_fields=["result", "words", "looked_by", "looked_at"])
        action = ERRED if result == SecondLook.Result.ERROR else CONFIRMED
        details: dict[str, Any] = {"reason": kept.words} if kept.words else {}
        transitions.record(case, action, actor=actor, hat=hat, at=at, details=details)
        if action == ERRED:
            transitions.promise(case, ERRED, {"reference": case.reference}, key=case.reference, at=at)
    return kept


def _hat_of(actor: User, case: Case, *, at: datetime) -> str:
    hats = policies.hats_for(actor, case, at) & LOOKING_HATS
    if not hats:
        policies.require_pact(actor, case, LOOKING_HATS, at)
        raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
    policies.require_no_conflict(actor, case, at)
    if hands.has_a_hand_in(actor, case):
        raise policies.UnableToAct(
            code="four_eyes", message=_("You had a hand in this case. Somebody else looks at it again.")
        )
    return min(hats)

"""A person looks at decisions of the machine afterwards: at one in so many, by nobody's choice, and wherever the applicant asks for it."""

import secrets
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import clocks, hands, policies, transitions
from services.casework.models import Case, SecondLook
from services.casework.operations.values import UnableToFile, UnableToHandle
from services.casework.transitions import LockedCase
from services.catalogue.definition import ServiceDefinition

#: Of how many decisions one is looked at where the pack says nothing.
ONE_IN: Final = 20
ASKED: Final = "casework.person.asked"
CONFIRMED: Final = "casework.machine.confirmed"
ERRED: Final = "casework.machine.erred"
#: Promised where the applicant waits for what was found.
ANSWERED: Final = "casework.person.answered"


def draw(definition: ServiceDefinition) -> dict[str, int]:
    """Draw from the randomness of the operating system; 0 is looked at again. What the event keeps of it."""
    one_in = definition.human_looks_at_one_in or ONE_IN
    return {"one_in": one_in, "drawn": secrets.randbelow(one_in)}


def keep_drawn(case: Case, drawn: dict[str, int], *, at: datetime) -> None:
    """Put a decision that was drawn into the queue of second looks, in the transaction of the decision."""
    if drawn["drawn"] == 0:
        SecondLook.objects.create(case=case, one_in=drawn["one_in"], drawn_at=at)


def ask_for_a_person(
    case: Case, *, actor: User, words: str = "", at: datetime, expected_version: int | None = None
) -> SecondLook:
    """Ask, within the time to object, that a person looks at what the machine decided; once. The decision stands meanwhile.

    Raises UnableToFile (side, over, asked), transitions.UnableToMove (stale).
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        side = policies.citizen_side(actor, locked)
        if not side:
            raise UnableToFile(code="side", message=_("This is not your application."))
        _require_open(locked, at=at)
        transitions.require_version(locked, expected_version)
        look = SecondLook.objects.create(
            case=locked,
            origin=SecondLook.Origin.ASKED,
            one_in=1,
            drawn_at=at,
            asked_by=actor,
            asked_words=words.strip(),
        )
        transitions.touch(locked, fields=())
        transitions.record(locked, ASKED, actor=actor, hat=side, at=at)
        transitions.promise(locked, ASKED, {"reference": locked.reference}, key=locked.reference, at=at)
    return look


def may_be_asked_until(case: Case) -> datetime | None:
    """The last moment to ask for a person; None where no machine decided. Two queries where it did."""
    if case.decided_at is None or case.decided_by_id is not None or case.is_granted_by_law:
        return None
    return clocks.objection_until(case, case.decided_at)


def look_again(look: SecondLook, *, actor: User, result: str, words: str = "", at: datetime) -> SecondLook:
    """Say what was found, once; the grant stands. An error is told to whoever may take the paper back, and to who supervises.

    Whoever asked is told in the words written here. Raises UnableToHandle (result, words, looked), policies.UnableToAct
    (hat, pact, conflict, four_eyes).
    """
    _require_said(look, result, words)
    with transaction.atomic():
        case = transitions.lock(look.case)
        hat = _hat_of(actor, look, case, at=at)
        kept = SecondLook.objects.select_for_update().get(pk=look.pk)
        if kept.result:
            raise UnableToHandle(code="looked", message=_("Somebody has looked at this decision already."))
        kept.result, kept.words, kept.looked_by, kept.looked_at = result, words.strip(), actor, at
        kept.save(update_fields=["result", "words", "looked_by", "looked_at"])
        action = ERRED if result == SecondLook.Result.ERROR else CONFIRMED
        details: dict[str, Any] = {"reason": kept.words} if kept.words else {}
        transitions.record(
            case, action, actor=actor, hat=hat, at=at, details={**details, "origin": kept.origin}
        )
        _promise(case, kept, at=at)
    return kept


def _promise(case: LockedCase, look: SecondLook, *, at: datetime) -> None:
    payload, key = {"reference": case.reference}, f"{case.reference}:{look.origin}"
    if look.result == SecondLook.Result.ERROR:
        transitions.promise(case, ERRED, payload, key=key, at=at)
    if look.origin == SecondLook.Origin.ASKED:
        transitions.promise(case, ANSWERED, payload, key=key, at=at)


def _require_open(locked: LockedCase, *, at: datetime) -> None:
    until = may_be_asked_until(locked)
    if until is None:
        raise UnableToFile(code="over", message=_("The system has decided nothing here."))
    if clocks.is_over(locked, until, at=at):
        raise UnableToFile(code="over", message=_("The time to ask for a person is over."))
    if locked.second_looks.filter(origin=SecondLook.Origin.ASKED).exists():
        raise UnableToFile(code="asked", message=_("You have asked for a person already."))


def _require_said(look: SecondLook, result: str, words: str) -> None:
    if result not in SecondLook.Result.values:
        raise UnableToHandle(code="result", message=_("Say whether it was right."), field="result")
    if words.strip():
        return
    if look.origin == SecondLook.Origin.ASKED:
        raise UnableToHandle(
            code="words", message=_("Say what you found: the applicant reads it."), field="words"
        )
    if result == SecondLook.Result.ERROR:
        raise UnableToHandle(code="words", message=_("Say what is wrong."), field="words")


def _hat_of(actor: User, look: SecondLook, case: Case, *, at: datetime) -> str:
    hats = policies.hats_for(actor, case, at) & hands.LOOKING_HATS
    if not hats:
        policies.require_pact(actor, case, hands.LOOKING_HATS, at)
        raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
    policies.require_no_conflict(actor, case, at)
    looked = case.second_looks.filter(looked_by=actor).exclude(pk=look.pk).exists()
    if looked or hands.has_a_hand_in(actor, case):
        raise policies.UnableToAct(
            code="four_eyes", message=_("You had a hand in this case. Somebody else looks at it again.")
        )
    return min(hats)

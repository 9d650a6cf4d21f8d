"""Objecting to a decision, and the answer of a superior who had no hand in it (UU 30/2014 articles 75 to 78)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import clocks, policies, transitions
from services.casework.models import Case, Objection, Outcome
from services.casework.operations.decision import NO_CONFLICT
from services.casework.operations.values import UnableToFile, UnableToHandle
from services.casework.workflow import Transition


def object_to_decision(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    words: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Object to a decision within the time of the law; the case is open again, and its clock is the superior's.

    Raises UnableToFile (words, over), UnableToMove and policies.UnableToAct.
    """
    if not words.strip():
        raise UnableToFile(code="words", message=_("Write why you object."), field="words")
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        decision_by, decision_at = locked.decided_by, locked.decided_at
        if decision_at is None or decision_by is None or not policies.decision_is_new(locked):
            raise UnableToFile(code="over", message=_("There is no decision that you can object to."))
        if at > clocks.given_until(clocks.TIME_TO_OBJECT, decision_at):
            raise UnableToFile(code="over", message=_("The time to object is over."))
        due_at = clocks.given_until(clocks.TIME_TO_ANSWER_OBJECTION, at)
        changes = {"closed_at": None, "due_at": due_at, "place_at": due_at, "assignee": None}
        moved = transitions.move(locked, transition, actor=actor, at=at, changes=changes)
        Objection.objects.create(
            case=moved,
            decision_by=decision_by,
            decision_at=decision_at,
            words=words.strip(),
            objected_by=actor,
            objected_at=at,
            due_at=due_at,
        )
    return moved


def answer_objection(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    result: Objection.Result,
    reason: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Answer an objection in words that the applicant reads: the decision stands, or a grant takes its place.

    Raises UnableToHandle (words), UnableToMove and policies.UnableToAct (four_eyes for whoever had a hand in it).
    """
    if not reason.strip():
        raise UnableToHandle(
            code="words", message=_("Say why, in words the applicant reads."), field="reason"
        )
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        changes: dict[str, Any] = {"assignee": None}
        if result == Objection.Result.REPLACED:
            changes |= {"decided_by": actor, "decided_at": at, "outcome": Outcome.GRANTED}
            changes |= {"reason_code": "", "reason": reason.strip()}
        moved = transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes=changes,
            details={"result": result.value, "conflict": NO_CONFLICT},
        )
        moved.objections.filter(answered_at=None).update(
            result=result, answer=reason.strip(), answered_by=actor, answered_at=at
        )
    return moved


def recompute_objections(*, at: datetime) -> int:
    """After a change of the working calendar: compute the date of every open objection again; returns how many moved."""
    moved = 0
    for objection in Objection.objects.filter(answered_at=None).select_related("case"):
        with transaction.atomic():
            locked = transitions.lock(objection.case)
            due_at = clocks.given_until(clocks.TIME_TO_ANSWER_OBJECTION, objection.objected_at)
            if not locked.objections.filter(answered_at=None).exclude(due_at=due_at).update(due_at=due_at):
                continue
            before, locked.due_at, locked.place_at = locked.due_at, due_at, due_at
            transitions.touch(locked, fields=("due_at", "place_at"))
            told = {"from": before and before.isoformat(), "to": due_at.isoformat()}
            transitions.record(locked, "casework.clock.moved", actor=None, hat="", at=at, details=told)
            moved += 1
    return moved

"""Objecting to a decision, and the answer of a superior who had no hand in it (UU 30/2014 articles 75 to 78)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import clocks, policies, transitions
from services.casework.models import Case, Objection, Outcome, StandingChange
from services.casework.operations.certificate import change_standing
from services.casework.operations.decision import NO_CONFLICT
from services.casework.operations.dialogue import enclose_documents
from services.casework.operations.papers import taken_papers
from services.casework.operations.values import UnableToFile, UnableToHandle
from services.casework.workflow import Transition
from services.documents import queries as papers
from services.documents.models import Certificate

About = Objection.About
Condition = dict[str, str]

#: What the last thing done to a certificate can be objected to as, while it has that standing.
_OF_STANDING: Final = {
    Certificate.Standing.REVOKED: (StandingChange.Way.REVOKED, About.REVOCATION),
    Certificate.Standing.SUSPENDED: (StandingChange.Way.SUSPENDED, About.SUSPENSION),
}
#: What each road answers.
_ANSWERS: Final = {
    "confirm_decision": {About.REFUSAL},
    "replace_decision": {About.REFUSAL},
    "confirm_paper": {About.REVOCATION, About.SUSPENSION, About.CONDITION},
    "lift_suspension": {About.SUSPENSION},
    "replace_paper": {About.REVOCATION, About.CONDITION},
}


@dataclass(frozen=True, slots=True)
class Decided:
    """Something decided that one may object to: what, by whom (None: nobody, the system), when; `conditions` to choose from."""

    about: Objection.About
    by: User | None
    at: datetime
    conditions: tuple[Condition, ...] = ()


def decided(case: Case) -> Decided | None:
    """What one may object to as the case stands, whether or not the time for that is over; None for nothing, or once objected to."""
    found = _refused(case) if case.outcome == Outcome.REFUSED else _about_the_paper(case)
    if found is None or case.objections.filter(about=found.about, decision_at=found.at).exists():
        return None
    return found


def _refused(case: Case) -> Decided | None:
    if case.decided_at is None or not policies.decision_is_new(case):
        return None
    return Decided(About.REFUSAL, case.decided_by, case.decided_at)


def _about_the_paper(case: Case) -> Decided | None:
    certificate = papers.certificate_of(case.reference)
    if certificate is None or certificate.ruling or case.decided_at is None:
        return None
    standing = Certificate.Standing(certificate.standing)
    if standing == Certificate.Standing.ACTIVE:
        conditions = tuple(certificate.content.get("conditions", ()))
        return Decided(About.CONDITION, case.decided_by, case.decided_at, conditions) if conditions else None
    way, about = _OF_STANDING.get(standing, (None, None))
    last = case.standing_changes.select_related("changed_by").order_by("-changed_at", "-pk").first()
    if about is None or last is None or last.way != way:
        return None
    return Decided(about, last.changed_by, last.changed_at)


def object_to_decision(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    words: str,
    conditions: Collection[int] = (),
    uploads: Sequence[UploadedFile[bytes]] = (),
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Object to a decision within the time of the law; the case is open again, and its clock is the superior's.

    `conditions` are the numbers of those objected to, from 0, where it is about them. Raises UnableToFile (words,
    conditions, over, or a file that cannot be used), UnableToMove and policies.UnableToAct.
    """
    if not words.strip():
        raise UnableToFile(code="words", message=_("Write why you object."), field="words")
    with taken_papers(uploads, title=_("Objection"), at=at) as taken, transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        found = _within_time(locked, at=at)
        chosen = [row for number, row in enumerate(found.conditions) if number in conditions]
        if found.conditions and not chosen:
            none = _("Choose the conditions that you object to.")
            raise UnableToFile(code="conditions", message=none, field="conditions")
        due_at = clocks.given_until(clocks.TIME_TO_ANSWER_OBJECTION, at)
        changes = {"closed_at": None, "due_at": due_at, "place_at": due_at, "assignee": None}
        moved = transitions.move(
            locked, transition, actor=actor, at=at, changes=changes, details={"about": found.about.value}
        )
        objection = Objection.objects.create(
            case=moved,
            about=found.about,
            conditions=chosen,
            decision_by=found.by,
            decision_at=found.at,
            words=words.strip(),
            objected_by=actor,
            objected_at=at,
            due_at=due_at,
        )
        enclose_documents(moved, prefix=f"objection_{objection.pk}", documents=taken, at=at)
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
    """Answer an objection in words that the applicant reads: the decision stands, or another takes its place.

    Raises UnableToHandle (words, road), UnableToMove and policies.UnableToAct (four_eyes for whoever had a hand in it).
    """
    if not reason.strip():
        raise UnableToHandle(
            code="words", message=_("Say why, in words the applicant reads."), field="reason"
        )
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        objection = locked.objections.filter(answered_at=None).first()
        if objection and About(objection.about) not in _ANSWERS[transition.name]:
            raise UnableToHandle(code="road", message=_("This is no answer to what is objected to."))
        changes: dict[str, Any] = {"assignee": None}
        if result == Objection.Result.REPLACED and transition.name == "replace_decision":
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
        if transition.name == "lift_suspension":
            hat = min(policies.hats_for(actor, moved, at) & transition.hats)
            change_standing(moved, "reinstate", actor=actor, hat=hat, reason=reason, at=at)
    return moved


def removed_conditions(case: Case) -> list[Condition]:
    """The conditions that superiors took away after objections."""
    replaced = case.objections.filter(about=About.CONDITION, result=Objection.Result.REPLACED)
    return [row for conditions in replaced.values_list("conditions", flat=True) for row in conditions]


def replacing(case: Case) -> Objection | None:
    """The last objection after which the certificate of this case is replaced; None where it is the first one."""
    found = case.objections.filter(
        about__in=_ANSWERS["replace_paper"], result=Objection.Result.REPLACED
    ).select_related("answered_by")
    return found.order_by("-answered_at", "-pk").first()


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


def _within_time(case: Case, *, at: datetime) -> Decided:
    found = decided(case)
    if found is None:
        raise UnableToFile(code="over", message=_("There is no decision that you can object to."))
    if clocks.is_over(case, clocks.objection_until(case, found.at), at=at):
        raise UnableToFile(code="over", message=_("The time to object is over."))
    return found

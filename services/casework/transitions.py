"""The one place that writes a status. Everything that moves a case goes through `apply`, or is born by `open_case`."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, NewType

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts.models import User
from services.audit import operations as audit
from services.audit.actors import ANONYMOUS, Actor, Subject
from services.audit.actors import SYSTEM as SYSTEM_ACTOR
from services.casework import asking, branches, capacity, holdings, policies, undoing
from services.casework.models import Case, Outcome, Review
from services.casework.policies import Bearer
from services.casework.workflow import Transition
from services.foundation import references, sealing
from services.foundation.errors import UnableTo
from services.outbox import operations as outbox

#: Under this topic, and none of its own, whatever happens to a confidential case is promised.
SEALED_TOPIC: Final = "casework.case.sealed"
#: Promised once, after the end of a case.
CLOSED_TOPIC: Final = "casework.case.closed"
#: How long after the end of a case its applicant is asked about gifts: the last letter is read first.
ASKED_AFTER: Final = timedelta(days=1)

#: A case read by `lock`, in the transaction that holds the lock: the type says so where that is needed.
LockedCase = NewType("LockedCase", Case)


class UnableToMove(UnableTo):
    """The case cannot take this transition now. `code`: stale (somebody changed it), status, reason."""


def subject_of(case: Case) -> Subject:
    """The case as the record names it."""
    return Subject("case", case.reference)


def apply(
    case: Case,
    transition: Transition,
    *,
    actor: User | Bearer | None,
    at: datetime,
    expected_version: int | None = None,
    reason_code: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
) -> Case:
    """Take a case along one transition: lock, check, ask the policy, write, record, promise; all or nothing.

    `changes` are further fields of the case set in the same write; `details` go into the record. Without an `actor`
    the system acts. Returns the fresh case. Raises UnableToMove and policies.UnableToAct.
    """
    with transaction.atomic():
        return move(
            lock(case, expected_version=expected_version),
            transition,
            actor=actor,
            at=at,
            reason_code=reason_code,
            reason=reason,
            details=details,
            changes=changes,
        )


def move(
    locked: LockedCase,
    transition: Transition,
    *,
    actor: User | Bearer | None,
    at: datetime,
    reason_code: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
    changes: dict[str, Any] | None = None,
) -> Case:
    """`apply` for an operation that has locked the case already. What is urgent keeps its place in front at every step."""
    if not transition.undoes:
        require_settled(locked, at)
    _require_road(locked, transition, reason_code)
    who = acting(actor, policies.hat_for(actor, locked, transition, at), locked)
    holder, due_at, before = locked.assignee_id, locked.due_at, undoing.snapshot(locked)
    for name, value in (changes or {}).items():
        if name != "place_at" or not locked.urgent_code:
            setattr(locked, name, value)
    undoing.remember(locked, transition, before, actor=actor, at=at)
    _write(locked, transition, at=at, reason_code=reason_code, reason=reason)
    by = actor if isinstance(actor, User) else None
    holdings.end_by_a_step(locked, transition.name, holder=holder, by=by, due_at=due_at, at=at)
    if locked.closed_at and locked.complete_at and not locked.decided_at:
        branches.drop(locked, at=at)
    if locked.complete_at and (locked.closed_at or transition.milestone == "decided_at"):
        asking.end_all(locked, lapsed=locked.outcome == Outcome.LAPSED, at=at)
    told = (details or {}) | capacity.in_record(actor, locked, who.hat, at=at)
    _record(locked, transition, actor=who, at=at, details=told)
    return locked


def open_case(
    transition: Transition,
    *,
    actor: User | Bearer | None,
    at: datetime,
    hat: str,
    kind: str,
    letter: str,
    fields: dict[str, Any],
) -> Case:
    """Give birth to a case with a new reference and record it."""
    with transaction.atomic():
        case = Case(kind=kind, reference=references.new(letter), created_at=at, **fields)
        case.status, case.status_at = transition.target, at
        if transition.milestone:
            setattr(case, transition.milestone, at)
        case.save(force_insert=True)
        _record(case, transition, actor=acting(actor, hat, case), at=at, details={})
    return case


def lock(case: Case, *, expected_version: int | None = None) -> LockedCase:
    """The case with its row locked until the commit. Raises UnableToMove when the caller's copy is old."""
    locked = (
        Case.objects.select_for_update(of=("self",))
        .select_related("agency", "applicant__user", "service_version__service", "district")
        .get(pk=case.pk)
    )
    require_version(locked, expected_version)
    return LockedCase(locked)


def require_version(case: Case, expected_version: int | None) -> None:
    """Raise UnableToMove when the caller looked at another version of the case; None looked at none."""
    if expected_version is not None and case.row_version != expected_version:
        raise UnableToMove(
            code="stale",
            message=_("This case was changed in the meantime. Look at it again; nothing was overwritten."),
        )


def acting(user: User | Bearer | None, hat: str, case: Case) -> Actor:
    """The actor as the record names it, in the agency that has the case now. A bearer is nobody in particular."""
    if user is None:
        return SYSTEM_ACTOR
    if isinstance(user, Bearer):
        return replace(ANONYMOUS, hat=hat, agency=case.agency.code)
    return actors.acting(user, hat=hat, agency_code=case.agency.code)


def touch(case: Case, *, fields: tuple[str, ...]) -> None:
    """Save fields other than the status on a locked case, and raise its version."""
    case.row_version += 1
    case.save(update_fields=[*fields, "row_version"])


def record(
    case: Case,
    action: str,
    *,
    actor: User | Bearer | None,
    hat: str,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record something that was done to a locked case without moving it."""
    audit.record(
        action,
        actor=acting(actor, hat, case),
        subject=subject_of(case),
        at=at,
        details=details,
        case_version=case.row_version,
    )


def named(review: Review) -> dict[str, Any]:
    """A review as the record names it: its key, its title and its office."""
    title = review.definition.title
    return {
        "review": review.key,
        "title": {"id": title.id, "en": title.en},
        "office": review.agency.code,
    }


def record_review(
    review: Review, action: str, *, actor: User, at: datetime, details: Mapping[str, Any] | None = None
) -> None:
    """Record what an officer did to one review of a locked case, in the agency that has the review."""
    audit.record(
        action,
        actor=actors.acting(actor, hat=review.hat, agency_code=review.agency.code),
        subject=subject_of(review.case),
        at=at,
        details={**named(review), **(details or {})},
        case_version=review.case.row_version,
    )


def require_settled(case: Case, at: datetime) -> None:
    """Raise UnableToMove while the last step may still be taken back: nobody goes on from what may not stand."""
    if undoing.is_open(case, at=at):
        raise UnableToMove(
            code="undo", message=_("The office is working on this case at this moment. Try again shortly.")
        )


def require_way(locked: LockedCase, transition: Transition, *, actor: User, at: datetime) -> str:
    """The hat under which somebody could take this transition now, for an operation that may not take it. Raises as `move` does."""
    require_settled(locked, at)
    _require_road(locked, transition, "")
    return policies.hat_for(actor, locked, transition, at)


def _require_road(case: Case, transition: Transition, reason_code: str) -> None:
    if case.status not in transition.sources:
        raise UnableToMove(
            code="status",
            message=_("“%(action)s” is not possible: the case is “%(status)s” now.")
            % {"action": transition.label, "status": case.current.label},
        )
    if transition.needs_reason and not reason_code:
        raise UnableToMove(code="reason", message=_("Choose the reason."), field="reason_code")


def _write(case: Case, transition: Transition, *, at: datetime, reason_code: str, reason: str) -> None:
    case.status, case.status_at = transition.target, at
    if transition.milestone and getattr(case, transition.milestone) is None:
        setattr(case, transition.milestone, at)
    if case.current.final and case.closed_at is None:
        case.closed_at = at
    if reason_code or reason:
        case.reason_code, case.reason = reason_code, reason
    case.row_version += 1
    case.save(force_update=True)


def _record(
    case: Case, transition: Transition, *, actor: Actor, at: datetime, details: dict[str, Any]
) -> None:
    """Write the event, and promise what follows it, both in the caller's transaction."""
    told = {"status": case.status, **details}
    if case.reason_code and case.reason_code not in told.values():
        told["reason_code"] = case.reason_code
    audit.record(
        transition.event,
        actor=actor,
        subject=subject_of(case),
        at=at,
        details=told,
        case_version=case.row_version,
    )
    payload = {"reference": case.reference, "version": case.row_version, "transition": transition.name}
    key, due_at = f"{case.reference}:{case.row_version}", case.undo_until
    promise(case, transition.event, payload, key=key, at=at, due_at=due_at)
    if case.current.final and case.submitted_at and not case.is_confidential:
        _promise_the_question(case, at=at)


def promise(
    case: Case,
    topic: str,
    payload: dict[str, Any],
    *,
    key: str,
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    """Promise what follows from something that happened to a case; the same `key` promises it once.

    Of a confidential case the topic and the content are sealed, and the message stands in no list.
    """
    if not case.is_confidential:
        outbox.publish(topic, payload, dedupe_key=f"{topic}:{key}", at=at, due_at=due_at)
        return
    sealed = json.dumps({"topic": topic, "payload": payload})
    digest = sealing.blind_index(f"{topic}:{key}", purpose=SEALED_TOPIC).hex()
    outbox.publish(SEALED_TOPIC, {}, dedupe_key=digest, at=at, due_at=due_at, secret=sealed)


def _promise_the_question(case: Case, *, at: datetime) -> None:
    """A day after its end, once for each case: its applicant is asked whether anyone wanted a gift."""
    outbox.publish(
        CLOSED_TOPIC,
        {"reference": case.reference},
        dedupe_key=f"{CLOSED_TOPIC}:{case.reference}",
        at=at,
        due_at=at + ASKED_AFTER,
    )

"""Intake: return a file once with every defect, or accept it as complete and start the decision's clock."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import Hat, User
from services.casework import branches, clocks, policies, transitions
from services.casework.models import Case, Defect
from services.casework.operations.values import FoundDefect, UnableToHandle
from services.casework.workflow import Transition


def return_case(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    defects: Sequence[FoundDefect],
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Return a file with all its defects at once.

    A later return may concern only what the applicant changed; anything else was there to be seen the first time, so a
    supervisor must have allowed it (`allow_late_defects`), and it is counted. Raises UnableToHandle.
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        _require_known(locked, defects)
        late = _late(locked, defects)
        if late and locked.late_defects_allowed_by_id is None:
            raise UnableToHandle(
                code="late_defect",
                message=_("This was not changed since the first check: a supervisor must allow it. %(keys)s")
                % {"keys": ", ".join(sorted({defect.key for defect in late}))},
            )
        moved = transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={
                "applicant_due_at": clocks.given_until(clocks.TIME_TO_MEND, at),
                "late_defects": locked.late_defects + len(late),
                "late_defects_allowed_by": None,
                "assignee": None,
            },
            details={"defects": [[found.target, found.key, found.code] for found in defects]},
        )
        _write_defects(moved, defects, late, actor=actor, at=at)
        clocks.stand_still(moved, cause="RETURNED", at=at)
    return moved


def accept_case(
    case: Case, transition: Transition, *, actor: User, at: datetime, expected_version: int | None = None
) -> Case:
    """Accept a file as complete: the decision's clock starts now, its date is promised, and every review is open."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        return accept_locked(locked, transition, actor=actor, at=at)


def accept_locked(
    locked: transitions.LockedCase, transition: Transition, *, actor: User | None, at: datetime
) -> Case:
    """`accept_case` for a caller that has locked the case already; without an `actor` the system accepts."""
    due_at = clocks.due_after(at, clocks.by_people(locked.service_version.parsed))
    moved = transitions.move(
        locked,
        transition,
        actor=actor,
        at=at,
        changes={"due_at": due_at, "place_at": due_at, "assignee": None},
        details={"due_at": due_at.isoformat()},
    )
    for review in branches.open_for(moved, at=at):
        details = transitions.named(review) | {"due_at": review.due_at.isoformat()}
        transitions.record(moved, "casework.review.opened", actor=None, hat="", at=at, details=details)
    return moved


def allow_late_defects(case: Case, *, actor: User, reason: str, at: datetime) -> Case:
    """A supervisor allows one return for something that was there to be seen the first time. Recorded and counted."""
    with transaction.atomic():
        locked = transitions.lock(case)
        if Hat.SUPERVISOR not in policies.hats_for(actor, locked, at):
            policies.require_pact(actor, locked, {Hat.SUPERVISOR}, at)
            raise UnableToHandle(code="hat", message=_("Only a supervisor may allow this."))
        policies.require_no_conflict(actor, locked, at)
        if not reason.strip():
            raise UnableToHandle(code="reason", message=_("Say why."), field="reason")
        locked.late_defects_allowed_by = actor
        transitions.touch(locked, fields=("late_defects_allowed_by",))
        transitions.record(
            locked,
            "casework.late_defects.allowed",
            actor=actor,
            hat=Hat.SUPERVISOR,
            at=at,
            details={"reason": reason},
        )
    return locked


def _require_known(case: Case, defects: Sequence[FoundDefect]) -> None:
    """Only what the standard lists can have a defect, with a code of the pack."""
    if not defects:
        raise UnableToHandle(
            code="defects", message=_("Mark at least one defect before you return the file.")
        )
    definition = case.service_version.parsed
    codes = {reason.code for reason in definition.defect_reasons}
    keys = {
        Defect.Target.DOCUMENT: {document.key for document in definition.documents},
        Defect.Target.ANSWER: {question.key for group in definition.groups for question in group.questions},
    }
    for found in defects:
        if (
            found.target not in keys
            or found.key not in keys[Defect.Target(found.target)]
            or found.code not in codes
        ):
            raise UnableToHandle(
                code="defects", message=_("The standard of this service does not list this.")
            )


def _late(case: Case, defects: Sequence[FoundDefect]) -> list[FoundDefect]:
    last = case.submissions.order_by("-round").first()
    if last is None or last.round == 1:
        return []
    return [found for found in defects if found.key not in set(last.changed)]


def _write_defects(
    case: Case, defects: Sequence[FoundDefect], late: list[FoundDefect], *, actor: User, at: datetime
) -> None:
    Defect.objects.bulk_create(
        Defect(
            case=case,
            round=case.rounds,
            target=found.target,
            key=found.key,
            code=found.code,
            words=found.words,
            is_late=found in late,
            found_by=actor,
            found_at=at,
        )
        for found in defects
    )

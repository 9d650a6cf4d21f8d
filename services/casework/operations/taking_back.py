"""Taking one's last step back, within the time that the service gives for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import branches, holdings, transitions, undoing
from services.casework.models import Case
from services.casework.operations.values import UnableToHandle
from services.casework.transitions import LockedCase
from services.casework.undoing import LastStep
from services.outbox import operations as outbox


def undo_step(case: Case, *, actor: User, at: datetime) -> Case:
    """Take the last step of a case back: everything stands as before it, and nobody outside the office hears of it.

    Both events stay in the record. Raises UnableToHandle (over, moved, other, begun), policies.UnableToAct.
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        step = _own_last_step(locked, actor=actor, at=at)
        try:
            _withdraw_promises(locked, step, at=at)
        except outbox.UnableToWithdraw as refusal:
            raise UnableToHandle(code="begun", message=str(refusal.message)) from refusal
        _take_back_rows(locked, step)
        source = step.before["status"]
        changes = {name: step.before[name] for name in step.before.keys() - {"status", "status_at"}}
        return transitions.move(
            locked,
            locked.workflow.undoing(step.transition, source),
            actor=actor,
            at=at,
            changes=changes,
            details={"undoes": step.transition, "event": step.event, "taken_at": step.at.isoformat()},
        )


def _own_last_step(locked: LockedCase, *, actor: User, at: datetime) -> LastStep:
    step = undoing.last_step(locked)
    if step is None or not undoing.is_open(locked, at=at):
        raise UnableToHandle(code="over", message=_("The time to undo this is over. What was done stands."))
    if step.by != actor.pk:
        raise UnableToHandle(code="other", message=_("Only whoever took the step can undo it."))
    if step.version != locked.row_version:
        words = _("Something has happened to the case since. The step cannot be undone.")
        raise UnableToHandle(code="moved", message=words)
    return step


def _take_back_rows(locked: LockedCase, step: LastStep) -> None:
    """What hung on the step: defects marked, what was asked and the reviews opened, the answer to an objection, a clock that stood still, the file that left the desk."""
    locked.defects.filter(found_at=step.at, found_by=step.by).delete()
    locked.requests.filter(asked_at=step.at, asked_by=step.by).delete()
    answer = {"result": "", "answer": "", "answered_by": None, "answered_at": None}
    locked.objections.filter(answered_at=step.at, answered_by=step.by).update(**answer)
    locked.pauses.filter(started_at=step.at, ended_at=None).delete()
    branches.take_back(locked, at=step.at)
    if step.before["assignee_id"]:
        holdings.reopen(locked, holder=step.before["assignee_id"], left_at=step.at)


def _withdraw_promises(case: LockedCase, step: undoing.LastStep, *, at: datetime) -> None:
    """Take back what a step has promised. Raises outbox.UnableToWithdraw where a worker has begun to keep it."""
    keys = {step.event: f"{step.event}:{case.reference}:{step.version}"}
    if case.current.final:
        keys[transitions.CLOSED_TOPIC] = f"{transitions.CLOSED_TOPIC}:{case.reference}"
    outbox.withdraw(keys, since=step.at, at=at)

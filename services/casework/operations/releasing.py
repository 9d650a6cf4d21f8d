"""What is asked a second time goes out only when a supervisor lets it, and is theirs to answer for."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import Hat, User
from services.casework import asking, clocks, policies, transitions
from services.casework.models import ApplicantRequest, Case
from services.casework.operations.askable import beyond, named
from services.casework.operations.requests import ASKED, BEYOND, announce, end, of_review
from services.casework.operations.settling import settle
from services.casework.operations.values import UnableToHandle
from services.casework.transitions import LockedCase
from services.casework.workflow import Transition

RELEASED: Final = "casework.request.released"
DECLINED: Final = "casework.request.declined"
State = ApplicantRequest.State


def release_request(case: Case, transition: Transition, *, actor: User, number: int, at: datetime) -> Case:
    """Let out what is asked a second time; the applicant has the whole time for it from now.

    Raises UnableToHandle (hat, over, own, status), policies.UnableToAct.
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        row = _proposed(locked, number, actor=actor, at=at)
        if locked.status not in (*transition.sources, transition.target) or not _is_at_work(row):
            words = _("The file has gone on. What was proposed is not asked any longer.")
            raise UnableToHandle(code="status", message=words)
        row.state, row.released_by, row.released_at = State.OPEN, actor, at
        row.due_at = clocks.given_until(clocks.TIME_TO_ANSWER, at)
        row.save(update_fields=["state", "released_by", "released_at", "due_at"])
        details = named([row], locked) | of_review(row, locked)
        if row.review is None and locked.status in transition.sources:
            changes = {"applicant_due_at": row.due_at}
            transitions.move(locked, transition, actor=actor, at=at, changes=changes, details=details)
            asking.settle(locked, waits=True, at=at)
        else:
            settle(locked, at=at)
            announce(locked, [row], ASKED, at=at)
        transitions.record(locked, RELEASED, actor=actor, hat=Hat.SUPERVISOR, at=at, details=details)
        if why := beyond([row], locked):
            transitions.record(locked, BEYOND, actor=actor, hat=Hat.SUPERVISOR, at=at, details=why)
    return locked


def decline_request(case: Case, *, actor: User, number: int, at: datetime) -> Case:
    """Say that what was proposed is not asked again. Raises UnableToHandle (hat, over, own), policies.UnableToAct."""
    with transaction.atomic():
        locked = transitions.lock(case)
        row = _proposed(locked, number, actor=actor, at=at)
        end(row, state=State.DECLINED, at=at)
        transitions.touch(locked, fields=())
        details = named([row], locked) | of_review(row, locked)
        transitions.record(locked, DECLINED, actor=actor, hat=Hat.SUPERVISOR, at=at, details=details)
    return locked


def _is_at_work(row: ApplicantRequest) -> bool:
    """Whether the review that asks is still to be done; the whole file is, where its status says so."""
    return row.review is None or row.review.is_open


def _proposed(locked: LockedCase, number: int, *, actor: User, at: datetime) -> ApplicantRequest:
    """The proposal of this number, before a supervisor who did not make it and whom nothing keeps away."""
    if Hat.SUPERVISOR not in policies.hats_for(actor, locked, at):
        policies.require_pact(actor, locked, {Hat.SUPERVISOR}, at)
        raise UnableToHandle(code="hat", message=_("Only a supervisor may allow this."))
    policies.require_no_conflict(actor, locked, at)
    transitions.require_settled(locked, at)
    rows = locked.requests.select_for_update(of=("self",)).select_related("review__agency")
    row = rows.filter(pk=number, state=State.PROPOSED).first()
    if row is None:
        raise UnableToHandle(code="over", message=_("This is not proposed any longer."))
    if row.asked_by_id == actor.pk:
        raise UnableToHandle(
            code="own", message=_("Whoever asks does not release it: another supervisor does.")
        )
    return row

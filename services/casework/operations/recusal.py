"""An officer steps back from a case that touches them, and it goes on to somebody else; what a conflict kept whom from."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import holdings, policies, transitions
from services.casework.models import Case, Left, Review
from services.casework.operations.values import UnableToHandle
from services.casework.policies import InConflict
from services.casework.workflow import APPLICANT, HELPER
from services.foundation.errors import UnableTo
from services.integrity.conflicts import operations as integrity


def recuse_officer(case: Case, *, actor: User, reason: str, at: datetime) -> Case:
    """Step back, with a reason that the office's superiors read; from the officer's desk it goes to the queue, in its place.

    They cannot take it again. Raises UnableToHandle (reason, hat, closed).
    """
    if not reason.strip():
        raise UnableToHandle(code="reason", message=_("Say what touches you."), field="reason")
    with transaction.atomic():
        locked = transitions.lock(case)
        hats = policies.hats_for(actor, locked, at) - {APPLICANT, HELPER}
        if not hats:
            raise UnableToHandle(code="hat", message=_("You may not do this with this case."))
        if locked.closed_at:
            raise UnableToHandle(code="closed", message=_("This case is ended."))
        if not integrity.step_back(reference=locked.reference, user=actor, reason=reason.strip(), at=at):
            return locked
        _lay_back_reviews(locked, actor, at=at)
        if locked.assignee_id == actor.pk:
            locked.assignee = None
            holdings.end(locked, how=Left.LAID_BACK, at=at)
        transitions.touch(locked, fields=("assignee",))
        waits = locked.waits_for
        hat = waits if waits in hats else min(hats)
        transitions.record(locked, "casework.officer.recused", actor=actor, hat=hat, at=at)
    return locked


def recuse_reviewer(review: Review, *, actor: User, reason: str, at: datetime) -> Review:
    """The same for whoever has a review on the desk, of whichever office: it goes back into its queue, in its place.

    Raises UnableToHandle (reason, taken), policies.UnableToAct (hat, away, pact).
    """
    if not reason.strip():
        raise UnableToHandle(code="reason", message=_("Say what touches you."), field="reason")
    with transaction.atomic():
        locked = transitions.lock(review.case)
        if not locked.reviews.filter(pk=review.pk, assignee=actor).exists():
            raise UnableToHandle(code="taken", message=_("This review is not on your desk."))
        policies.require_post(actor, review.agency, review.hat, at)
        integrity.step_back(reference=locked.reference, user=actor, reason=reason.strip(), at=at)
        _lay_back_reviews(locked, actor, at=at)
        transitions.record_review(review, "casework.officer.recused", actor=actor, at=at)
    return review


def _lay_back_reviews(case: Case, actor: User, *, at: datetime) -> None:
    """What this officer has of the case on the desk goes back to the queues."""
    for review in case.reviews.select_for_update().filter(assignee=actor):
        holdings.lay_back(review, how=Left.LAID_BACK, at=at)


def note_conflict(case: Case, refusal: UnableTo, *, actor: User, doing: str, at: datetime) -> None:
    """Where a conflict of interest was the cause of a refusal, keep which rule it was; called after the rollback."""
    if isinstance(refusal, InConflict):
        integrity.note_refusal(user=actor, rule=refusal.rule, doing=doing, reference=case.reference, at=at)

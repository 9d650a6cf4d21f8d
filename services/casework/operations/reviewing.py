"""The officer's hand on one review: taking the next one, laying it back, saying what was found."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import holdings, policies, reviews, transitions
from services.casework.models import Left, Review
from services.casework.operations.desk import OWN_REASONS
from services.casework.operations.settling import settle
from services.casework.operations.values import UnableToHandle
from services.government.models import Agency


def take_next_review(*, actor: User, agency: Agency, hat: str, at: datetime) -> Review:
    """Give the asker the first review of this queue; two askers never get the same one.

    Raises UnableToHandle (queue_empty), policies.UnableToAct (hat, pact).
    """
    with transaction.atomic():
        holdings.lock_desk(actor)
        policies.require_post(actor, agency, hat, at)
        waiting = reviews.waiting_for(agency=agency, hat=hat, user=actor, at=at)
        review = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if review is None:
            raise UnableToHandle(code="queue_empty", message=_("Nothing waits in this queue."))
        return _assign(review, actor=actor, at=at)


def take_review(review: Review, *, actor: User, reason_code: str = "", at: datetime) -> Review:
    """Take one review. Where others of its kind wait before it, that needs a reason code; how many were overtaken is counted.

    Raises UnableToHandle (status, taken, out_of_order), policies.UnableToAct (hat, away, pact, party, conflict).
    """
    with transaction.atomic():
        holdings.lock_desk(actor)
        case = transitions.lock(review.case)
        locked = _locked(review)
        locked.case = case
        _require_reviewer(locked, actor, at)
        transitions.require_settled(case, at)
        if locked.assignee_id == actor.pk:
            return locked
        if locked.assignee_id is not None:
            words = _("A colleague has this review on the desk.")
            raise UnableToHandle(code="taken", message=words)
        if locked.state != Review.State.OPEN:
            raise UnableToHandle(code="status", message=_("This review does not wait for anybody now."))
        overtaken = reviews.ahead_of(locked, user=actor, at=at).count()
        if overtaken and reason_code not in OWN_REASONS:
            words = _("Others wait before this one. Say why you take it first.")
            raise UnableToHandle(code="out_of_order", message=words, field="reason_code")
        why = reason_code if overtaken else ""
        return _assign(locked, actor=actor, at=at, reason_code=why, overtaken=overtaken)


def release_review(review: Review, *, actor: User, at: datetime) -> Review:
    """Lay a review back into its queue, where it keeps its place. Raises UnableToHandle (taken)."""
    with transaction.atomic():
        locked = on_desk(review, actor)
        holdings.lay_back(locked, how=Left.LAID_BACK, at=at)
        transitions.record_review(locked, "casework.review.released", actor=actor, at=at)
    return locked


def finish_review(
    review: Review,
    *,
    actor: User,
    answers: Mapping[str, bool],
    outcome: str,
    found: Collection[str] = (),
    findings: str = "",
    at: datetime,
) -> Review:
    """Say what was found: every item of the checklist, the findings, and the outcome. Whoever says it never decides this case.

    Raises UnableToHandle (taken, minutes, waiting, answers, found, outcome, findings), policies.UnableToAct (hat, pact, party,
    conflict).
    """
    if review.is_inspection:
        raise UnableToHandle(code="minutes", message=_("An inspection ends with its signed minutes."))
    with transaction.atomic():
        locked = in_hand(review, actor=actor, at=at)
        conclude(locked, actor=actor, answers=answers, outcome=outcome, found=found, findings=findings, at=at)
    return locked


def in_hand(review: Review, *, actor: User, at: datetime) -> Review:
    """The case and the review with their rows locked, if this officer may finish it. In the caller's transaction."""
    case = transitions.lock(review.case)
    locked = on_desk(review, actor)
    locked.case = case
    _require_reviewer(locked, actor, at)
    return locked


def conclude(
    locked: Review,
    *,
    actor: User,
    answers: Mapping[str, bool | None],
    outcome: str,
    found: Collection[str],
    findings: str,
    at: datetime,
) -> None:
    """Finish a review of `in_hand`, in the same transaction. None answers what does not apply."""
    _require_whole(locked, answers, outcome, found, findings)
    locked.answers = {item.key: answers[item.key] for item in locked.definition.checklist}
    locked.found, locked.findings, locked.outcome = sorted(found), findings.strip(), outcome
    locked.state, locked.reviewer, locked.assignee = Review.State.DONE, actor, None
    locked.done_at = at
    locked.save()
    holdings.end_review(locked, how=Left.DONE, at=at, in_time=at <= locked.due_at)
    settle(locked.case, at=at)
    details = {"outcome": outcome, "found": locked.found}
    transitions.record_review(locked, "casework.review.done", actor=actor, at=at, details=details)


def _assign(
    review: Review, *, actor: User, at: datetime, reason_code: str = "", overtaken: int = 0
) -> Review:
    review.assignee = actor
    review.save(update_fields=["assignee"])
    holdings.begin_review(review, officer=actor, at=at, overtook=overtaken)
    details = {"reason_code": reason_code} if reason_code else {}
    transitions.record_review(review, "casework.review.taken", actor=actor, at=at, details=details)
    return review


def _require_reviewer(review: Review, actor: User, at: datetime) -> None:
    """Raise UnableToAct unless this officer may review it: hat and pact in its office, no party, no conflict."""
    policies.require_post(actor, review.agency, review.hat, at)
    if policies.is_own_matter(actor, review.case):
        raise policies.UnableToAct(code="party", message=_("You may not do this with this case."))
    policies.require_no_conflict(actor, review.case, at)


def _locked(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",)).select_related("agency", "case__service_version")
    return rows.get(pk=review.pk)


def on_desk(review: Review, actor: User) -> Review:
    """The review with its row locked, if it lies on the desk of whoever acts."""
    locked = _locked(review)
    if locked.assignee_id != actor.pk:
        raise UnableToHandle(code="taken", message=_("This review is not on your desk."))
    return locked


def require_inspection(review: Review) -> None:
    """Raise UnableToHandle (inspection) for a review that is not done at the place."""
    if not review.is_inspection:
        raise UnableToHandle(code="inspection", message=_("This review is done at the desk."))


def require_running(review: Review) -> None:
    """Raise UnableToHandle (waiting) while the review waits for the applicant."""
    if review.state != Review.State.OPEN:
        words = _("The applicant was asked for something. The review goes on with the answer.")
        raise UnableToHandle(code="waiting", message=words)


def _require_whole(
    review: Review, answers: Mapping[str, bool | None], outcome: str, found: Collection[str], findings: str
) -> None:
    declared = review.definition
    require_running(review)
    if {item.key for item in declared.checklist} - answers.keys():
        raise UnableToHandle(
            code="answers", message=_("Answer every item of the checklist."), field="answers"
        )
    if set(found) - {finding.code for finding in declared.findings}:
        raise UnableToHandle(
            code="found", message=_("Choose among the findings of this service."), field="found"
        )
    if outcome not in Review.Outcome.values:
        raise UnableToHandle(code="outcome", message=_("Say the outcome of the review."), field="outcome")
    if outcome != Review.Outcome.FAVOURABLE and not findings.strip():
        raise UnableToHandle(
            code="findings",
            message=_("Write what was found: the applicant has to know it."),
            field="findings",
        )

"""The question why: the head of the government asks the head of an office about one case; both on record, with a clock."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.casework import clocks, policies, transitions
from services.casework.models import Case, WhyQuestion
from services.casework.operations.values import UnableToHandle
from services.catalogue import deadlines
from services.government.models import Agency

#: How long the head of an office has to answer.
TIME_TO_SAY_WHY: Final = deadlines.need("why-answer")
ASKED: Final = "casework.why.asked"
ANSWERED: Final = "casework.why.answered"


def may_ask(actor: User, case: Case, *, at: datetime) -> bool:
    """Whether this user is the head of the government, and the case one about which that head may ask."""
    if case.is_confidential or case.submitted_at is None or policies.is_own_matter(actor, case):
        return False
    return accounts.agencies_of(actor, hat=Hat.EXECUTIVE, at=at).filter(is_root=True).exists()


def may_answer(actor: User, case: Case, *, at: datetime) -> bool:
    """Whether this user heads the office that has the case. Of a confidential case nobody does."""
    return Hat.EXECUTIVE in policies.hats_for(actor, case, at)


def ask_why(case: Case, *, actor: User, words: str, at: datetime) -> WhyQuestion:
    """Ask; the answer is owed by a day of the pack. Raises UnableToHandle (hat, closed, asked, words), UnableToAct (pact)."""
    with transaction.atomic():
        locked = transitions.lock(case)
        if not may_ask(actor, locked, at=at):
            raise UnableToHandle(code="hat", message=_("Only the head of the government asks this."))
        root = accounts.agencies_of(actor, hat=Hat.EXECUTIVE, at=at).get(is_root=True)
        policies.require_post(actor, root, Hat.EXECUTIVE, at)
        if locked.closed_at:
            raise UnableToHandle(code="closed", message=_("This case is ended."))
        if locked.why_questions.filter(answered_at=None).exists():
            raise UnableToHandle(code="asked", message=_("It is asked already. The answer is awaited."))
        question = WhyQuestion.objects.create(
            case=locked,
            agency=locked.agency,
            words=_said(words),
            asked_by=actor,
            asked_at=at,
            due_at=clocks.given_until(TIME_TO_SAY_WHY, at),
        )
        _record(locked, ASKED, question, actor=actor, agency=root, at=at)
    return question


def answer_why(question: WhyQuestion, *, actor: User, words: str, at: datetime) -> WhyQuestion:
    """Answer for the office; once. Raises UnableToHandle (hat, answered, words)."""
    with transaction.atomic():
        case = transitions.lock(question.case)
        asked = (
            WhyQuestion.objects.select_for_update(of=("self",)).select_related("agency").get(pk=question.pk)
        )
        if case.agency_id != asked.agency_id or not may_answer(actor, case, at=at):
            raise UnableToHandle(code="hat", message=_("Only the head of the office answers this."))
        if asked.answered_at:
            raise UnableToHandle(code="answered", message=_("It is answered already."))
        asked.answer, asked.answered_by, asked.answered_at = _said(words), actor, at
        asked.save(update_fields=["answer", "answered_by", "answered_at"])
        _record(case, ANSWERED, asked, actor=actor, agency=asked.agency, at=at)
    return asked


def _said(words: str) -> str:
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Write a few words."), field="words")
    return words.strip()


def _record(
    case: Case, action: str, question: WhyQuestion, *, actor: User, agency: Agency, at: datetime
) -> None:
    details: dict[str, Any] = {"question": question.pk, "due_at": question.due_at}
    audit.record(
        action,
        actor=actors.acting(actor, hat=Hat.EXECUTIVE, agency_code=agency.code),
        subject=transitions.subject_of(case),
        at=at,
        details=details,
        case_version=case.row_version,
    )
    payload = {"reference": case.reference, "question": question.pk}
    transitions.promise(case, action, payload, key=str(question.pk), at=at)

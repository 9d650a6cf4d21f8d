"""Asking the applicant for something while the file is in review: the decision's clock stands still meanwhile."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import branches, clocks, transitions
from services.casework.models import ApplicantRequest, Case
from services.casework.operations.values import UnableToFile, UnableToHandle
from services.casework.workflow import Transition


def ask_applicant(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    kind: str,
    key: str = "",
    words: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Ask for one thing, in words the applicant reads; the clock stops until the answer."""
    if kind not in ApplicantRequest.Kind.values:
        raise UnableToHandle(code="kind", message=_("Choose what you ask for."), field="kind")
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Say in words what you ask for."), field="words")
    with transaction.atomic():
        due_at = clocks.given_until(clocks.TIME_TO_ANSWER, at)
        moved = transitions.apply(
            case,
            transition,
            actor=actor,
            at=at,
            expected_version=expected_version,
            changes={"applicant_due_at": due_at},
            details={"kind": kind, "key": key},
        )
        ApplicantRequest.objects.create(
            case=moved, kind=kind, key=key, words=words, due_at=due_at, asked_by=actor, asked_at=at
        )
        clocks.stand_still(moved, cause="WAITING_APPLICANT", at=at)
        branches.all_stand_still(moved, at=at)
    return moved


def answer_request(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    answer: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Answer every open request; the office's clock goes on, its date moved by the days it stood still."""
    if not answer.strip():
        raise UnableToFile(code="answer", message=_("Write your answer."), field="answer")
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        due_at = clocks.go_on(locked, at=at)
        branches.all_go_on(locked, at=at)
        locked.requests.filter(state=ApplicantRequest.State.OPEN).update(
            state=ApplicantRequest.State.ANSWERED, answer=answer, answered_at=at
        )
        return transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={"due_at": due_at, "applicant_due_at": None},
        )

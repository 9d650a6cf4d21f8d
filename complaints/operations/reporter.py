"""What the reporter does: add what is missing, say that it is solved or not."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks, workflow
from complaints.models import Complaint
from complaints.operations.values import UnableToReport
from services.accounts.models import User
from services.casework import clocks as shared_clocks
from services.casework import operations as casework
from services.casework import policies, transitions
from services.casework.models import Case, Outcome
from services.casework.policies import Bearer
from services.casework.transitions import LockedCase
from services.casework.workflow import APPLICANT
from services.documents.models import Document

ESCALATED = "complaints.report.escalated"

Reporter = User | Bearer


def write(case: Case, *, actor: Reporter, words: str, photos: Sequence[Document] = (), at: datetime) -> Case:
    """Write to the office. Where it waits for what is missing, this is that, and its clock goes on."""
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.status != workflow.NEEDS_DATA.code:
            casework.write_message(locked, actor=actor, words=words, documents=photos, at=at)
            return Case.objects.get(pk=locked.pk)
        due_at = shared_clocks.go_on(locked, at=at)
        moved = transitions.move(
            locked,
            workflow.GIVE_DATA,
            actor=actor,
            at=at,
            changes={"due_at": due_at, "place_at": due_at, "applicant_due_at": None},
        )
        casework.write_message(moved, actor=actor, words=words, documents=photos, at=at)
    return Case.objects.get(pk=moved.pk)


def solve_report(
    case: Case, *, actor: Reporter, words: str = "", at: datetime, expected_version: int | None = None
) -> Case:
    """Say that it is solved. That ends the case."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        moved = transitions.move(
            locked,
            workflow.SOLVE,
            actor=actor,
            at=at,
            changes={"outcome": Outcome.SOLVED, "applicant_due_at": None},
        )
        _with_words(moved, actor=actor, words=words, at=at)
    return moved


def reopen_report(
    case: Case, *, actor: Reporter, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Say that it is not solved, and what is still wrong.

    The first time the office takes it up again without anyone's leave. After that it escalates: it is flagged to the
    head of the office and of the government, is not closed by silence, and stays answered until they act.
    """
    if not words.strip():
        raise UnableToReport(code="words", message=_("Say what is still wrong."), field="words")
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        if locked.complaint.reopened_at is not None:
            return _escalate(locked, actor=actor, words=words, at=at)
        due_at = shared_clocks.given_until(clocks.ANSWER, at)
        moved = transitions.move(
            locked,
            workflow.REOPEN,
            actor=actor,
            at=at,
            changes={"due_at": due_at, "place_at": due_at, "applicant_due_at": None},
        )
        Complaint.objects.filter(case=moved).update(reopened_at=at)
        _with_words(moved, actor=actor, words=words, at=at)
    return moved


def _escalate(locked: LockedCase, *, actor: Reporter, words: str, at: datetime) -> Case:
    policies.hat_for(actor, locked, workflow.REOPEN, at)
    if locked.status != workflow.ANSWERED.code or locked.complaint.escalated_at is not None:
        raise UnableToReport(
            code="again", message=_("You have said so already. The head of the office is looking at it.")
        )
    Complaint.objects.filter(case=locked).update(escalated_at=at)
    locked.applicant_due_at = None
    transitions.touch(locked, fields=("applicant_due_at",))
    transitions.record(locked, ESCALATED, actor=actor, hat=APPLICANT, at=at)
    casework.write_message(locked, actor=actor, words=words, at=at)
    return Case.objects.get(pk=locked.pk)


def _with_words(case: Case, *, actor: Reporter, words: str, at: datetime) -> None:
    if words.strip():
        casework.write_message(case, actor=actor, words=words, at=at)

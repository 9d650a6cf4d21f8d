"""The citizen's side answers what the office asked, one thing at a time; whoever asked goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import asking, policies, transitions
from services.casework.models import ApplicantRequest, Case
from services.casework.operations import counter
from services.casework.operations.askable import named
from services.casework.operations.requests import of_review
from services.casework.operations.settling import settle
from services.casework.operations.values import UnableToFile
from services.casework.workflow import Transition
from services.documents.models import Document
from services.government.models import District

ANSWERED: Final = "casework.request.answered"
Kind, State = ApplicantRequest.Kind, ApplicantRequest.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is given: words, the new answers of the form (checked already) with the district they name, or the time of an appointment."""

    words: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    district: District | None = None
    agreed_at: datetime | None = None


def answer_request(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    number: int,
    given: Given,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Answer one request. Its review goes on; with the last one for the whole file, the file itself and its clock do.

    A paper was put into the request's own slot before, and now takes its place in the file; what stood there is kept.
    Raises UnableToFile (side, over, answer, document, times), transitions.UnableToMove.
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        side = policies.citizen_side(actor, locked)
        if not side:
            raise UnableToFile(code="side", message=_("This is not your application."))
        transitions.require_settled(locked, at)
        counter.require_hat(locked, actor, at)
        row = _open(locked, number)
        _ANSWERS[Kind(row.kind)](locked, row, given, at)
        row.state, row.answered_at, row.ended_at, row.answer = State.ANSWERED, at, at, given.words.strip()
        row.save()
        details = named([row], locked) | of_review(row, locked)
        if row.review is None and not asking.whole_file_waits(locked):
            changes = asking.settle(locked, waits=False, at=at)
            return transitions.move(locked, transition, actor=actor, at=at, changes=changes, details=details)
        settle(locked, at=at)
        transitions.record(locked, ANSWERED, actor=actor, hat=side, at=at, details=details)
    return locked


def _open(case: Case, number: int) -> ApplicantRequest:
    rows = case.requests.select_for_update(of=("self",)).select_related("review__agency")
    row = rows.filter(pk=number, state=State.OPEN).first()
    if row is None:
        raise UnableToFile(code="over", message=_("The office does not wait for this any longer."))
    return row


def _give_paper(case: Case, row: ApplicantRequest, given: Given, at: datetime) -> None:
    """The paper takes its place; the one before it stays, dated."""
    held = case.documents.select_related("document").filter(slot=row.held_slot, replaced_at=None).first()
    if held is None or held.document.state != Document.State.READY:
        words = _("Add the document first, and wait until it is ready.")
        raise UnableToFile(code="document", message=words)
    before = case.documents.filter(slot=row.given_slot, replaced_at=None).first()
    if before is not None:
        row.was = {"document": str(before.document_id)}
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    held.slot, held.attached_at = row.given_slot, at
    held.save(update_fields=["slot", "attached_at"])
    row.document = held.document


def _correct(case: Case, row: ApplicantRequest, given: Given, at: datetime) -> None:
    """The new answer takes the place of the old one, which the request keeps."""
    if set(given.answers) != {row.key}:
        raise UnableToFile(code="answer", message=_("Write your answer."), field="answer")
    row.was, row.value = {"answer": case.answers.get(row.key)}, {"answer": given.answers[row.key]}
    case.answers = {**case.answers, **given.answers}
    case.district = given.district or case.district
    case.save(update_fields=["answers", "district"])


def _say(case: Case, row: ApplicantRequest, given: Given, at: datetime) -> None:
    if not given.words.strip():
        raise UnableToFile(code="answer", message=_("Write your answer."), field="answer")


def _agree(case: Case, row: ApplicantRequest, given: Given, at: datetime) -> None:
    """One of the times that were offered, or in words why none of them suits."""
    if given.agreed_at is None:
        if not given.words.strip():
            raise UnableToFile(code="answer", message=_("Say when you could come."), field="answer")
    elif given.agreed_at not in row.times or given.agreed_at < at:
        raise UnableToFile(code="times", message=_("Choose one of the times."), field="time")
    row.agreed_at = given.agreed_at


_ANSWERS: Final = {
    Kind.DOCUMENT: _give_paper,
    Kind.CLEARER: _give_paper,
    Kind.CORRECTION: _correct,
    Kind.FACT: _say,
    Kind.APPOINTMENT: _agree,
}

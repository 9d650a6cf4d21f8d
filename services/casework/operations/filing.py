"""The citizen's side: starting, filling in, sending, mending, withdrawing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import Person, User
from services.casework import asking, clocks, policies, queries, transitions
from services.casework.models import Case, CaseDocument, HelperRelation, Submission
from services.casework.operations import counter
from services.casework.operations.values import UnableToFile
from services.casework.transitions import LockedCase
from services.casework.workflow import APPLICANT, HELPER, Transition, Workflow
from services.catalogue.models import ServiceVersion
from services.documents.models import Document
from services.government.models import District

#: How long a draft is kept for the citizen to come back to.
DRAFT_KEPT: Final = timedelta(days=90)
#: Statuses in which the citizen's side may change any answer and document; later, only what the office asked for.
OPEN_FOR_FILING: Final = ("DRAFT", "RETURNED")
#: The slip that an applicant signs for a helper: a document besides those of the standard.
SLIP_SLOT: Final = "signed_slip"


def start_case(
    workflow: Workflow,
    transition: Transition,
    *,
    version: ServiceVersion,
    actor: User,
    applicant: Person | None,
    helper_relation: str = "",
    at: datetime,
) -> Case:
    """Open a draft: for oneself (`applicant` is the actor's person), or as a helper (`helper_relation` is given).

    Whoever helps at the counter wears the hat for it, and the case says at whose. Raises policies.UnableToAct (hat, pact).
    """
    if helper_relation and helper_relation not in HelperRelation.values:
        raise UnableToFile(code="side", message=_("Say in which relation you help."), field="helper_relation")
    served_at = (
        counter.require_service(actor, applicant, at, offered_by=version.service.agency)
        if helper_relation == HelperRelation.COUNTER
        else None
    )
    with transaction.atomic():
        is_helper = bool(helper_relation)
        case = transitions.open_case(
            transition,
            actor=actor,
            at=at,
            hat=HELPER if is_helper else APPLICANT,
            kind=workflow.kind,
            letter=workflow.letter,
            fields={
                "service_version": version,
                "agency": version.service.agency,
                "applicant": applicant,
                "helper": actor if is_helper else None,
                "helper_relation": helper_relation,
                "applicant_due_at": at + DRAFT_KEPT,
            },
        )
        if served_at is not None:
            counter.record_service(case, agency=served_at, actor=actor, at=at)
    return case


def set_applicant(case: Case, *, actor: User, applicant: Person, at: datetime) -> Case:
    """Name the person for whom a helper files; only in a draft."""
    with transaction.atomic():
        locked, side = _open_for(actor, case, expected_version=None, at=at)
        if side != HELPER or locked.status != "DRAFT":
            raise UnableToFile(code="side", message=_("Only the helper of a draft names the applicant."))
        if locked.helper_relation == HelperRelation.COUNTER:
            counter.require_somebody_else(actor, applicant)
        locked.applicant = applicant
        locked.confirmed_at, locked.confirmed_by = None, ""
        transitions.touch(locked, fields=("applicant", "confirmed_at", "confirmed_by"))
        transitions.record(locked, "casework.case.applicant_named", actor=actor, hat=side, at=at)
    return locked


def confirm_applicant(case: Case, *, actor: User, kind: str, at: datetime) -> Case:
    """Note that the applicant has confirmed (by code, or by a signed slip) what the helper filled in."""
    with transaction.atomic():
        locked, side = _open_for(actor, case, expected_version=None, at=at)
        locked.confirmed_at, locked.confirmed_by = at, kind
        transitions.touch(locked, fields=("confirmed_at", "confirmed_by"))
        transitions.record(
            locked, "casework.case.confirmed", actor=actor, hat=side, at=at, details={"confirmed_by": kind}
        )
    return locked


def remember_answers(
    case: Case,
    *,
    actor: User,
    answers: Mapping[str, Any],
    at: datetime,
    expected_version: int | None = None,
    district: District | None = None,
) -> Case:
    """Merge answers (already checked against the form) into the case. A second tab's old copy is told, never wins."""
    with transaction.atomic():
        locked, side = _open_for(actor, case, expected_version=expected_version, at=at)
        locked.answers = {**locked.answers, **answers}
        locked.district = district or locked.district
        transitions.touch(locked, fields=("answers", "district"))
        transitions.record(
            locked, "casework.answers.saved", actor=actor, hat=side, at=at, details={"keys": sorted(answers)}
        )
    return locked


def attach_document(case: Case, *, actor: User, slot: str, document: Document, at: datetime) -> CaseDocument:
    """Put a document into a slot of the standard, or of an open request; the one before it stays, dated."""
    with transaction.atomic():
        locked, side = _open_for(actor, case, expected_version=None, at=at, slot=slot)
        _require_slot(locked, slot)
        locked.documents.filter(slot=slot, replaced_at=None).update(replaced_at=at)
        attached = CaseDocument.objects.create(case=locked, slot=slot, document=document, attached_at=at)
        transitions.touch(locked, fields=())
        put = {"slot": slot, "document": str(document.pk)}
        transitions.record(locked, "casework.document.attached", actor=actor, hat=side, at=at, details=put)
    return attached


def detach_document(case: Case, *, actor: User, slot: str, at: datetime) -> Case:
    """Take the current document out of a slot."""
    with transaction.atomic():
        locked, side = _open_for(actor, case, expected_version=None, at=at, slot=slot)
        locked.documents.filter(slot=slot, replaced_at=None).update(replaced_at=at)
        transitions.touch(locked, fields=())
        transitions.record(
            locked, "casework.document.detached", actor=actor, hat=side, at=at, details={"slot": slot}
        )
    return locked


def send_case(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    submission_key: str,
    by_person: bool = False,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Send a draft whose answers were checked. The same `submission_key` again (a double click, a retry) returns it as it was sent.

    `by_person`: a person shall decide where the machine might. Raises UnableToFile where a helper's applicant has not confirmed.
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.submission_key == submission_key and policies.citizen_side(actor, locked):
            return locked
        transitions.require_version(locked, expected_version)
        counter.require_hat(locked, actor, at)
        if locked.helper_id and locked.confirmed_at is None:
            raise UnableToFile(code="unconfirmed", message=_("The applicant has not confirmed yet."))
        _remember_submission(locked, at=at)
        due_at = clocks.due_after(at, locked.service_version.parsed.intake_time)
        asked_at = _person_asked_at(locked, by_person=by_person, at=at)
        return transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={
                "submission_key": submission_key,
                "due_at": due_at,
                "place_at": due_at,
                "rounds": locked.rounds + 1,
                "applicant_due_at": None,
                "person_asked_at": asked_at,
            },
            details=_asked_for(asked_at),
        )


def send_case_again(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    by_person: bool = False,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Send a mended file again. It keeps its place in the queue; intake's clock goes on where it stood.

    `by_person` asks anew for a person where the machine might decide; without it, nobody is asked for any longer.
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        counter.require_hat(locked, actor, at)
        if locked.status not in transition.sources:
            return transitions.move(locked, transition, actor=actor, at=at)
        _require_mended(locked)
        submission = _remember_submission(locked, at=at)
        locked.defects.filter(mended_at=None).update(mended_at=at)
        due_at, asked_at = clocks.go_on(locked, at=at), _person_asked_at(locked, by_person=by_person, at=at)
        return transitions.move(
            locked,
            transition,
            actor=actor,
            at=at,
            changes={
                "rounds": locked.rounds + 1,
                "applicant_due_at": None,
                "due_at": due_at,
                "person_asked_at": asked_at,
            },
            details={"changed": submission.changed} | _asked_for(asked_at),
        )


def withdraw_case(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """End a case at the wish of the citizen's side."""
    return transitions.apply(
        case,
        transition,
        actor=actor,
        at=at,
        reason=reason,
        expected_version=expected_version,
        changes={"outcome": "WITHDRAWN", "applicant_due_at": None},
    )


def _open_for(
    actor: User, case: Case, *, expected_version: int | None, at: datetime, slot: str = ""
) -> tuple[LockedCase, str]:
    """The locked case and the actor's side; `slot` may be an open request's. Raises UnableToFile when not theirs, or not open now."""
    locked = transitions.lock(case, expected_version=expected_version)
    side = policies.citizen_side(actor, locked)
    if not side:
        raise UnableToFile(code="side", message=_("This is not your application."))
    transitions.require_settled(locked, at)
    if locked.status not in OPEN_FOR_FILING and slot not in asking.held_slots(locked):
        words = _("This application was sent already; it cannot be changed now.")
        raise UnableToFile(code="sent", message=words)
    counter.require_hat(locked, actor, at)
    return locked, side


def _person_asked_at(locked: LockedCase, *, by_person: bool, at: datetime) -> datetime | None:
    """Since when a person is asked for; never where a person decides anyway."""
    if not by_person or locked.service_version.parsed.decided_by != "machine":
        return None
    return locked.person_asked_at or at


def _asked_for(asked_at: datetime | None) -> dict[str, Any]:
    return {"asks_for_person": True} if asked_at else {}


def _require_slot(case: Case, slot: str) -> None:
    if case.status not in OPEN_FOR_FILING:
        return
    slots = {document.key for document in case.service_version.parsed.documents}
    if slot not in slots | ({SLIP_SLOT} if case.helper_id else set()):
        words = _("The standard of this service does not list such a document.")
        raise UnableToFile(code="slot", message=words)


def _require_mended(case: Case) -> None:
    """Every defect must have been touched: a file sent again unchanged would only come back."""
    touched = set(queries.changed_since_last(case))
    untouched = [defect for defect in case.defects.filter(mended_at=None) if defect.key not in touched]
    if untouched:
        words = _("Some things you were asked to mend are still as they were.")
        raise UnableToFile(code="unmended", message=words)


def _remember_submission(case: Case, *, at: datetime) -> Submission:
    return Submission.objects.create(
        case=case,
        round=case.rounds + 1,
        answers=case.answers,
        documents=queries.attached_ids(case),
        changed=queries.changed_since_last(case),
        sent_at=at,
    )

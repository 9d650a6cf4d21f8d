"""The officer's hand on a file: taking the next one, taking one out of order, looking, noting."""

from datetime import datetime
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.casework import hands, holdings, lots, openings, policies, queries, transitions, workflow
from services.casework.models import Case, Left, OfficeNote
from services.casework.openings import Why
from services.casework.operations.values import UnableToHandle
from services.casework.sentences import OPENED
from services.government.models import Agency


class OutOfOrder(models.TextChoices):
    """Why a case is taken before those ahead of it in the queue."""

    COUNTER = "COUNTER", gettext_lazy("The applicant is at the counter")
    URGENT = "URGENT", gettext_lazy("An urgent class of the standard")
    SAME_MATTER = "SAME_MATTER", gettext_lazy("Belongs to a case I am working on")


#: What an officer says alone. What is urgent a supervisor decides (`urgency`), and it then stands in front by itself.
OWN_REASONS: Final = (OutOfOrder.COUNTER, OutOfOrder.SAME_MATTER)


def take_next_case(*, actor: User, agency: Agency, hat: str, at: datetime) -> Case:
    """Give the asker the first eligible case of the queue; two askers never get the same one.

    Raises UnableToHandle (queue_empty), policies.UnableToAct (hat, away, pact).
    """
    with transaction.atomic():
        holdings.lock_desk(actor)
        policies.require_post(actor, agency, hat, at)
        waiting = queries.waiting_for(agency=agency, hat=hat, user=actor, at=at)
        free = waiting.filter(service_version__is_given_out=False)
        first = free.select_for_update(of=("self",), skip_locked=True)[:1]
        case = next(iter(first), None)
        if case is None:
            raise UnableToHandle(code="queue_empty", message=_("Nothing waits in this queue."))
        return _assign(case, actor=actor, hat=hat, at=at, reason_code="")


def take_case(case: Case, *, actor: User, reason_code: str = "", at: datetime) -> Case:
    """Take one case. Where others wait before it, that needs a reason code; how many were overtaken is counted."""
    with transaction.atomic():
        holdings.lock_desk(actor)
        locked = transitions.lock(case)
        hat = locked.current.queue_hat
        if not hat or hat not in policies.hats_for(actor, locked, at):
            policies.require_pact(actor, locked, {hat}, at)
            raise UnableToHandle(code="hat", message=_("This case does not wait for you."))
        policies.require_no_conflict(actor, locked, at)
        transitions.require_settled(locked, at)
        if locked.assignee_id == actor.pk:
            return locked
        if locked.assignee_id is not None:
            raise UnableToHandle(code="taken", message=_("A colleague has this case on the desk."))
        _require_free_to_choose(locked)
        if locked.status in workflow.OBJECTED and hands.has_a_hand_in(actor, locked):
            raise UnableToHandle(
                code="hat", message=_("You had a hand in the decision. Somebody else answers the objection.")
            )
        if hat == Hat.APPROVER and hands.decided_before(actor, locked):
            raise UnableToHandle(
                code="hat",
                message=_("A court annulled your decision on this case. Somebody else decides anew."),
            )
        overtaken = queries.ahead_of(locked, hat=hat, user=actor, at=at).count()
        if overtaken and reason_code not in OWN_REASONS:
            raise UnableToHandle(
                code="out_of_order",
                message=_("Others wait before this one. Say why you take it first."),
                field="reason_code",
            )
        locked.overtook = min(locked.overtook + overtaken, 32_000)
        why = reason_code if overtaken else ""
        return _assign(locked, actor=actor, hat=hat, at=at, reason_code=why, overtaken=overtaken)


def _require_free_to_choose(case: Case) -> None:
    """Raise UnableToHandle (lot) where the machine draws who gets the file."""
    if lots.is_given_out(case):
        words = _("The system gives out the files of this service by lot. Nobody chooses one.")
        raise UnableToHandle(code="lot", message=words)


def release_case(case: Case, *, actor: User, at: datetime) -> Case:
    """Lay a case back into the queue, where it keeps its place."""
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.assignee_id != actor.pk:
            raise UnableToHandle(code="taken", message=_("This case is not on your desk."))
        if not policies.hats_for(actor, locked, at):
            policies.require_pact(actor, locked, Hat.values, at)
        locked.assignee = None
        transitions.touch(locked, fields=("assignee",))
        holdings.end(locked, how=Left.LAID_BACK, at=at)
        transitions.record(locked, "casework.case.released", actor=actor, hat=locked.current.queue_hat, at=at)
    return locked


def verify_nik(case: Case, *, actor: User, at: datetime) -> None:
    """Note that whoever has the file compared the applicant's NIK with the identity card. Raises UnableToHandle (taken)."""
    with transaction.atomic():
        locked = transitions.lock(case)
        if locked.assignee_id != actor.pk or locked.applicant is None:
            raise UnableToHandle(code="taken", message=_("Take the case first: it is not on your desk."))
        if not policies.hats_for(actor, locked, at):
            policies.require_pact(actor, locked, Hat.values, at)
        accounts.verify_nik(locked.applicant, verifier=actor, agency=locked.agency, at=at)


def record_opening(
    case: Case,
    *,
    viewer: User,
    hat: str,
    at: datetime,
    hats: frozenset[str] = frozenset(),
    agency_code: str = "",
    what: str = "case",
    why: Why | None = None,
) -> None:
    """Put on record that an officer opened the file (or a document of it), and why; its owner can see it.

    `agency_code` is given where the reader's agency is not the case's: an auditor reads the files of every office.
    `hats` are those that they wear in the agency of the case beside `hat`. Raises UnableToHandle (why) where they have
    no task in the case and give no reason; what is given counts only where it is needed.
    """
    is_asked = not openings.has_task(viewer, case, hats=hats | {hat}, at=at)
    if is_asked:
        require_reason(why)
    with transaction.atomic():
        audit.record(
            OPENED,
            actor=actors.acting(viewer, hat=hat, agency_code=agency_code or case.agency.code),
            subject=transitions.subject_of(case),
            at=at,
            details={"what": what, **(why.details() if is_asked and why else {})},
            case_version=case.row_version,
        )


def require_reason(why: Why | None) -> None:
    """Raise UnableToHandle (why) unless a whole reason is given: a number with an authority's, words with something else."""
    if why is None or why.code not in openings.Reason.values:
        raise UnableToHandle(code="why", message=_("Choose why you open this file."), field="reason_code")
    if why.code == openings.Reason.AUTHORITY and not why.number.strip():
        raise UnableToHandle(code="why", message=_("Write the number of what was sent."), field="number")
    if why.code == openings.Reason.OTHER and not why.words.strip():
        raise UnableToHandle(code="why", message=_("Say why in a few words."), field="words")


def add_office_note(case: Case, *, actor: User, words: str, at: datetime) -> OfficeNote:
    """Write a note for the office; the applicant's side never sees it."""
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Write the note."), field="words")
    with transaction.atomic():
        locked = transitions.lock(case)
        hats = policies.hats_for(actor, locked, at) - {"APPLICANT", "HELPER"}
        if not hats:
            policies.require_pact(actor, locked, Hat.values, at)
            raise UnableToHandle(code="hat", message=_("You may not do this with this case."))
        note = OfficeNote.objects.create(case=locked, author=actor, words=words, written_at=at)
        transitions.record(
            locked, "casework.note.written", actor=actor, hat=min(hats), at=at, details={"note": note.pk}
        )
    return note


def _assign(case: Case, *, actor: User, hat: str, at: datetime, reason_code: str, overtaken: int = 0) -> Case:
    case.assignee = actor
    transitions.touch(case, fields=("assignee", "overtook"))
    holdings.begin(case, officer=actor, hat=hat, at=at, overtook=overtaken)
    details = {"reason_code": reason_code} if reason_code else {}
    transitions.record(case, "casework.case.taken", actor=actor, hat=hat, at=at, details=details)
    return case

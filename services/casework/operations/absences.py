"""Whoever is away has no files: declared by themselves or by a supervisor, begun by day, ended early by either."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts import queries as people
from services.accounts.models import Absence, Hat, User
from services.audit.actors import Actor
from services.casework import holdings, policies, transitions
from services.casework.models import Case, Left, Review
from services.casework.operations import mandates
from services.casework.transitions import LockedCase
from services.foundation import clock, locks
from services.outbox import operations as outbox

DECLARED: Final = "casework.declared_away"
LEFT_THE_DESK: Final = "casework.case.left_absent_officer"
LOCK: Final = "casework.begin_absences"


def declare_absence(
    *, officer: User, kind: str, first_date: date, last_date: date, actor: User, at: datetime
) -> Absence:
    """Declare that an officer is away on these days, both included; where today is one of them, the desk is cleared at once.

    Raises policies.UnableToAct (hat, away, pact), accounts.UnableToNoteAbsence.
    """
    with transaction.atomic():
        holdings.lock_desk(officer)
        by = _word_of(actor, officer, at=at)
        absence = accounts.note_absence(
            officer=officer, kind=kind, first_date=first_date, last_date=last_date, actor=actor, by=by, at=at
        )
        if first_date <= clock.local_date(at):
            _begin(absence, at=at)
        if actor.pk != officer.pk:
            payload = {"absence": absence.pk}
            outbox.publish(DECLARED, payload, dedupe_key=f"{DECLARED}:{absence.pk}", at=at)
    return absence


def begin_absences(*, at: datetime) -> int:
    """Clear the desks of those whose absence begins; returns how many. Any number may run at once, each begins once."""
    with transaction.atomic():
        if not locks.try_transaction_lock(LOCK):
            return 0
        due = list(people.absences_to_begin(at=at).values_list("pk", "officer_id"))
    return sum(_begin_if_due(pk, officer, at=at) for pk, officer in due)


def end_absence(absence: Absence, *, actor: User, at: datetime) -> Absence:
    """Say that the officer is back, or call it off before it begins; what was declared stays as it was.

    Raises policies.UnableToAct (hat, away, pact), accounts.UnableToNoteAbsence (over).
    """
    with transaction.atomic():
        by = _word_of(actor, absence.officer, at=at)
        ended = accounts.end_absence(absence, actor=actor, by=by, at=at)
        mandates.end_with_absence(ended, at=at)
    return ended


def require_word_on_absence(actor: User, officer: User, at: datetime) -> str:
    """The code of the agency in which this actor says when this officer is away: its supervisor; "" for oneself.

    Raises UnableToAct (hat, away, pact).
    """
    if actor.pk == officer.pk:
        return ""
    agency = people.shared_agency(actor, hat=Hat.SUPERVISOR, member=officer, at=at)
    if agency is None:
        raise policies.UnableToAct(
            code="hat", message=_("Only a supervisor of their office, or they themselves, say so.")
        )
    policies.require_post(actor, agency, Hat.SUPERVISOR, at)
    return agency.code


def _word_of(actor: User, officer: User, *, at: datetime) -> Actor:
    agency_code = require_word_on_absence(actor, officer, at)
    return actors.acting(actor, hat=Hat.SUPERVISOR if agency_code else "", agency_code=agency_code)


def _begin_if_due(pk: int, officer: int, *, at: datetime) -> bool:
    """One absence in a transaction of its own; false where it was ended, or begun by another, meanwhile."""
    with transaction.atomic():
        holdings.lock_desk_of(officer)
        absence = people.absences_to_begin(at=at).filter(pk=pk).first()
        if absence is not None:
            _begin(absence, at=at)
    return absence is not None


def _begin(absence: Absence, *, at: datetime) -> None:
    """Every open file on the desk goes back into the queue with its place, confidential ones and waiting ones too."""
    lying = Case.objects.select_for_update(of=("self",)).filter(assignee=absence.officer, closed_at=None)
    files = list(lying.select_related("agency", "service_version__service").order_by("pk"))
    for case in files:
        case.assignee = None
        transitions.touch(LockedCase(case), fields=("assignee",))
        holdings.end(case, how=Left.AWAY, at=at)
        transitions.record(case, LEFT_THE_DESK, actor=None, hat="", at=at)
    accounts.begin_absence(absence, files=len(files) + _lay_back_reviews(absence.officer, at=at), at=at)


def _lay_back_reviews(officer: User, *, at: datetime) -> int:
    """The same for the branches that lie on the desk; returns how many."""
    lying = Review.objects.select_for_update(of=("self",)).filter(assignee=officer).order_by("pk")
    reviews = list(lying.select_related("agency", "case__agency", "case__service_version"))
    for review in reviews:
        holdings.lay_back(review, how=Left.AWAY, at=at)
        transitions.record(
            review.case, LEFT_THE_DESK, actor=None, hat="", at=at, details={"review": review.key}
        )
    return len(reviews)

"""The two ends of the journey: opening a draft, and sending what is complete."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import Person, User
from services.applications import queries
from services.applications.flow import Flow, Missing
from services.applications.journey import Application
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.transitions import UnableToMove
from services.catalogue import queries as catalogue
from services.catalogue import rules
from services.catalogue.models import Service
from services.foundation import locks
from services.foundation.errors import UnableTo


class UnableToSend(UnableTo):
    """Something is missing; `missing` names each thing with its page. Nothing was sent."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(_("Something is still missing. Nothing was sent yet."), code="incomplete")
        self.missing = list(missing)


def start_application(
    flow: Flow,
    *,
    service: Service,
    actor: User,
    helper_relation: str,
    at: datetime,
    found: Person | None = None,
) -> Case:
    """Open a draft; `found` is whom a helper files for, where they are known already.

    One that the same person opened the same way and has not touched is taken up again (a double click).
    """
    applicant = found if helper_relation else actor.person
    with transaction.atomic():
        locks.transaction_lock(f"applications.start:{actor.pk}:{service.slug}")
        untouched = (
            queries.drafts_of(actor, service)
            .filter(row_version=1, helper_relation=helper_relation, applicant=applicant)
            .first()
        )
        if untouched is not None:
            return untouched
        return flow.start(
            version=catalogue.current_version(service),
            actor=actor,
            applicant=applicant,
            helper_relation=helper_relation,
            at=at,
        )


def send_application(
    application: Application, *, submission_key: str, by_person: bool = False, at: datetime
) -> Case:
    """Send a draft, or a mended application again; everything is checked once more. Raises UnableToSend.

    `by_person` asks that a person decides where the machine might.

    The same key sent again (a double click, a retry) gives the case as it was sent.
    """
    missing = application.missing()
    if missing:
        raise UnableToSend(missing)
    case = _without_what_is_not_asked(application, at=at)
    actor, version = application.reader, case.row_version
    if application.is_returned:
        return application.flow.resubmit(
            case, actor=actor, by_person=by_person, at=at, expected_version=version
        )
    try:
        return application.flow.submit(
            case,
            actor=actor,
            submission_key=submission_key,
            by_person=by_person,
            at=at,
            expected_version=version,
        )
    except UnableToMove:
        sent = Case.objects.filter(pk=case.pk, submission_key=submission_key).first()
        if sent is None:
            raise
        return sent


def _without_what_is_not_asked(application: Application, *, at: datetime) -> Case:
    """Forget answers and documents that later answers made pointless: the office gets what is asked and no more."""
    case = application.case
    asked = rules.asked_answers(application.definition, case.answers)
    forgotten = {key: asked.get(key) for key, value in case.answers.items() if asked.get(key) != value}
    if forgotten:
        case = casework.remember_answers(
            case, actor=application.reader, answers=forgotten, at=at, expected_version=case.row_version
        )
    for slot in application.documents:
        if application.slot(slot) is None:
            case = casework.detach_document(case, actor=application.reader, slot=slot, at=at)
    return case

"""Renewing a licence: a new application that begins with the answers and the documents of the last one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from licensing import policies, queries, wording
from licensing.models import Licence
from licensing.operations.applying import start_application
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries as cases
from services.casework.models import Case
from services.catalogue import answers as stored
from services.catalogue import queries as catalogue
from services.catalogue.definition import QuestionKind, ServiceDefinition
from services.catalogue.models import ServiceVersion
from services.foundation.errors import UnableTo


class UnableToRenew(UnableTo):
    """The licence cannot be renewed now. `code` is one of `rules.Why`, or foreign, not_offered."""


def renew_licence(licence: Licence, *, actor: User, at: datetime) -> Case:
    """Open the draft that renews a licence, with what was answered and sent before. Raises UnableToRenew in plain words.

    The version in force now asks the questions. The day on which the last one ended by an answer is asked anew.
    """
    with transaction.atomic():
        Licence.objects.select_for_update().get(pk=licence.pk)
        known = queries.full().get(pk=licence.pk)
        if not policies.may_renew(actor, known, at=at):
            raise UnableToRenew(_("This is not your licence."), code="foreign")
        renewal = queries.renewal_of(known, at=at)
        if not renewal.is_open:
            raise UnableToRenew(wording.of_renewal(known, renewal), code=renewal.why.value)
        case = start_application(
            version=_version(known), actor=actor, applicant=actor.person, renews=known, at=at
        )
        return _carried_over(known.case, case, actor=actor, at=at)


def _version(licence: Licence) -> ServiceVersion:
    try:
        return catalogue.current_version(licence.service)
    except ServiceVersion.DoesNotExist:
        raise UnableToRenew(
            _("This licence is not given any longer. Ask the office what takes its place."),
            code="not_offered",
        ) from None


def _carried_over(old: Case, new: Case, *, actor: User, at: datetime) -> Case:
    """Give the new draft what the old case holds, as far as the version in force asks for it."""
    definition = new.service_version.parsed
    answers = {
        key: _bound_anew(definition, key, value, old=old, new=new)
        for key, value in old.answers.items()
        if key in definition.questions and key != definition.validity.until_answer
    }
    if answers:
        casework.remember_answers(new, actor=actor, answers=answers, at=at)
    slots = {document.key for document in definition.documents}
    for attached in cases.current_documents(old):
        is_own = attached.document.owner_id == actor.pk and attached.document.is_ready
        if attached.slot in slots and is_own:
            casework.attach_document(new, actor=actor, slot=attached.slot, document=attached.document, at=at)
    new.refresh_from_db()
    return new


def _bound_anew(definition: ServiceDefinition, key: str, value: Any, *, old: Case, new: Case) -> Any:
    """The answer as the new case keeps it: a NIK is sealed again, since its seal is bound to the case."""
    if definition.questions[key].kind is not QuestionKind.NIK or not value:
        return value
    if isinstance(value, list):
        return [each and _sealed_anew(each, key, old=old, new=new) for each in value]
    return _sealed_anew(value, key, old=old, new=new)


def _sealed_anew(value: dict[str, str], key: str, *, old: Case, new: Case) -> dict[str, str]:
    number = stored.unseal_nik(value, reference=old.reference, key=key)
    return stored.seal_nik(number, reference=new.reference, key=key)

"""Who applies: oneself, or somebody who is helped and who confirms it."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import ConfirmationCode, Person
from services.applications.journey import Application
from services.audit.actors import Actor
from services.casework import operations as casework
from services.casework.models import Case, ConfirmationKind
from services.casework.operations import SLIP_SLOT
from services.casework.workflow import APPLICANT, HELPER
from services.foundation.errors import UnableTo

#: What a confirmation code is for, in the words of accounts.
PURPOSE: Final = "application"


class UnableToConfirm(UnableTo):
    """The applicant has not confirmed: nobody is named yet, or the slip is not ready."""


def name_oneself(application: Application, *, name: str, nik: str, at: datetime) -> Person:
    """Keep the reader's own name and NIK. Raises accounts.UnableToKeepNik."""
    own = application.reader.person
    return accounts.save_details(application.reader, name=name, district=own.district, nik=nik, at=at)


def name_applicant(application: Application, *, name: str, nik: str, phone: str, at: datetime) -> Case:
    """Enter the person for whom the reader files; an earlier confirmation no longer counts."""
    with transaction.atomic():
        person = accounts.register_person(name=name, nik=nik, phone=phone, actor=_acting(application), at=at)
        return casework.set_applicant(application.case, actor=application.reader, applicant=person, at=at)


def send_code(application: Application, *, at: datetime) -> ConfirmationCode:
    """Send the applicant a code by SMS, which they give to the reader if they agree. Raises accounts.UnableToConfirm."""
    return accounts.open_confirmation(
        _applicant(application),
        purpose=PURPOSE,
        subject_key=application.case.reference,
        actor=_acting(application),
        at=at,
    )


def confirm_by_code(application: Application, *, code: str, at: datetime) -> Case:
    """Take the applicant's code as their yes. Raises accounts.UnableToConfirm; wrong codes are counted."""
    accounts.confirm_code(
        _applicant(application),
        purpose=PURPOSE,
        subject_key=application.case.reference,
        code=code,
        actor=_acting(application),
        at=at,
    )
    return _confirm(application, ConfirmationKind.CODE, at=at)


def confirm_by_slip(application: Application, *, at: datetime) -> Case:
    """Take the uploaded signed slip as the applicant's yes. Raises UnableToConfirm until it is ready."""
    slip = application.documents.get(SLIP_SLOT)
    if slip is None or not slip.is_ready:
        raise UnableToConfirm(_("Add the signed slip first, and wait until it is ready."), code="slip")
    _applicant(application)
    return _confirm(application, ConfirmationKind.SLIP, at=at)


def hand_over_code(application: Application, *, at: datetime) -> str:
    """A one-time code with which the applicant takes the case over; an earlier one no longer works."""
    return accounts.issue_claim_code(_applicant(application), actor=_acting(application), at=at)


def _confirm(application: Application, kind: ConfirmationKind, *, at: datetime) -> Case:
    return casework.confirm_applicant(application.case, actor=application.reader, kind=kind.value, at=at)


def _applicant(application: Application) -> Person:
    person = application.case.applicant
    if person is None:
        raise UnableToConfirm(_("Fill in the applicant's name and NIK first."), code="nobody")
    return person


def _acting(application: Application) -> Actor:
    side = HELPER if application.is_helped else APPLICANT
    return actors.acting(application.reader, hat=side, agency_code=application.case.agency.code)

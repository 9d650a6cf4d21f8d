"""Businesses, and licences at every point of their life, made by the operations that people use."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from licensing import operations
from licensing.models import Business, LegalForm, Licence
from licensing.operations.businesses import Facts
from services.accounts import actors
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.documents import operations as documents
from services.foundation import clock
from services.government.models import District
from tests.factories import applications, catalogue, pact
from tests.factories.casework import document_of

SLUG = "sip-uji"
STALL = "tanda-daftar-uji"
NIB = "1234567890123"


def practice(**changes: Any) -> ServiceVersion:
    """A licence that a person holds, granted by people: one year, three places at most."""
    wanted: dict[str, Any] = {
        "slug": SLUG,
        "kind": "LICENCE",
        "risk": "high",
        "validity": {"days": 365},
        "held_at_most": 3,
    }
    return catalogue.published_version(**wanted | changes)


def registration(**changes: Any) -> ServiceVersion:
    """A licence that a business holds."""
    return practice(**{"slug": STALL, "holder": "business", "risk": "low", "held_at_most": None} | changes)


def facts(**changes: Any) -> Facts:
    """A stall without numbers."""
    applications.districts()
    known: dict[str, Any] = {
        "name": "Bakso Pak Slamet",
        "legal_form": LegalForm.SOLE.value,
        "address": "Jl. Tunjungan 1",
        "district": District.objects.get(code=applications.GENTENG),
    }
    return Facts(**known | changes)


def business(owner: User, **changes: Any) -> Business:
    """A business for which this user acts."""
    return operations.register_business(
        facts(**changes), owner=owner.person, actor=actors.acting(owner), at=clock.now()
    )


def draft(applicant: User, *, version: ServiceVersion | None = None, at: datetime | None = None) -> Case:
    """A draft without answers."""
    return operations.start_application(
        version=version or practice(), actor=applicant, applicant=applicant.person, at=at or clock.now()
    )


def filled(
    applicant: User,
    *,
    version: ServiceVersion | None = None,
    of: Business | None = None,
    at: datetime | None = None,
    ends_on: str = "2099-06-30",
) -> Case:
    """A draft with every answer and document; `of` names the business that shall hold it."""
    at = at or clock.now()
    case = draft(applicant, version=version or (registration() if of else practice()), at=at)
    if of is not None:
        operations.choose_business(case, actor=applicant, business=of, at=at)
    answers = {"shown_text": "Praktik Bu Ratna", "ends_on": ends_on}
    casework.remember_answers(case, actor=applicant, answers=answers, at=at)
    for slot in ("ktp", "drawing"):
        casework.attach_document(case, actor=applicant, slot=slot, document=document_of(applicant), at=at)
    case.refresh_from_db()
    return case


def sent(applicant: User, **wanted: Any) -> Case:
    """Sent, waiting for intake."""
    case = filled(applicant, **wanted)
    at = wanted.get("at") or clock.now()
    return operations.submit_application(case, actor=applicant, submission_key=uuid4().hex, at=at)


def granted(case: Case, *officers: User, at: datetime | None = None) -> Case:
    """Accepted, recommended and granted by intake, reviewer and approver."""
    intake, reviewer, approver = officers
    at = at or clock.now()
    moves = operations.BY_TRANSITION
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=at)
    case = moves["accept"](case, actor=intake, at=at)
    casework.take_case(case, actor=reviewer, reason_code="COUNTER", at=at)
    case = moves["recommend"](case, actor=reviewer, recommendation="GRANT", at=at)
    casework.take_case(case, actor=approver, reason_code="COUNTER", at=at)
    return moves["grant"](case, actor=approver, at=at)


def sealed(case: Case, *, at: datetime | None = None) -> Licence:
    """The licence of a granted case, its paper sealed, the case ended."""
    at = at or clock.now()
    certificate = operations.order_certificate(case, at=at)
    documents.sign_certificate(certificate.id, at=at)
    casework.close_case(case, case.workflow.transition("issue"), at=at)
    return Licence.objects.select_related("certificate", "case", "service").get(case=case)


def issued(applicant: User, *officers: User, at: datetime | None = None, **wanted: Any) -> Licence:
    """A licence in force from this moment."""
    return sealed(granted(sent(applicant, at=at, **wanted), *officers, at=at), at=at)


def ending_in(days: int, applicant: User, *officers: User, **wanted: Any) -> Licence:
    """A licence of one year, and the clock moved so that it ends this many days from now (negative: it has ended).

    Its officers have signed the integrity pact again, as they do each year.
    """
    found = issued(applicant, *officers, **wanted)
    clock.move(timedelta(days=365 - days))
    for officer in officers:
        pact.sign_again(officer)
    documents.expire_certificates(at=clock.now())
    found.certificate.refresh_from_db()
    return found


def last_day(licence: Licence) -> date:
    """The last day of a licence that has an end."""
    assert licence.certificate.valid_until
    return licence.certificate.valid_until

"""An application for a licence: the shared operations along its own roads, and for which business it is."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from licensing import policies, queries, workflow
from licensing.models import Business, Licence, LicenceApplication
from services.accounts.models import Person, User
from services.applications import operations as applications
from services.casework import operations as casework
from services.casework import policies as case_policies
from services.casework import transitions
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.foundation import locks
from services.foundation.errors import UnableTo

#: What the shared pages call, by the name of the transition.
BY_TRANSITION: Final = applications.moves(workflow.LICENCES)


class UnableToApply(UnableTo):
    """The application cannot be sent, or not be for this business. `code`: held_at_most, business, sent."""


def start_application(
    *,
    version: ServiceVersion,
    actor: User,
    applicant: Person | None,
    helper_relation: str = "",
    renews: Licence | None = None,
    at: datetime,
) -> Case:
    """Open a draft for oneself, or (with a relation) for somebody else; `renews` names the licence that it goes on with."""
    with transaction.atomic():
        case = casework.start_case(
            workflow.LICENCES,
            workflow.START,
            version=version,
            actor=actor,
            applicant=applicant,
            helper_relation=helper_relation,
            at=at,
        )
        LicenceApplication.objects.create(
            case=case, renews=renews, business=renews.business if renews else None
        )
    return case


def choose_business(case: Case, *, actor: User, business: Business, at: datetime) -> Case:
    """Say for which business a draft is. Only one for which the applicant may act; raises UnableToApply."""
    with transaction.atomic():
        locked = transitions.lock(case)
        side = case_policies.citizen_side(actor, locked)
        if not side or locked.status != "DRAFT":
            raise UnableToApply(_("This application was sent already."), code="sent")
        applicant = locked.applicant
        if applicant is None or not policies.person_may_act_for(applicant, business, at=at):
            raise UnableToApply(
                _("Choose a business for which the applicant may act."), code="business", field="business"
            )
        LicenceApplication.objects.filter(case=locked).update(business=business)
        transitions.touch(locked, fields=())
        transitions.record(
            locked,
            "licensing.business.chosen",
            actor=actor,
            hat=side,
            at=at,
            details={"business": str(business.pk)},
        )
    return locked


def submit_application(
    case: Case,
    *,
    actor: User,
    submission_key: str,
    by_person: bool = False,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Send a draft once, however often it is called with the same key.

    Where the service lets one holder have only so many, they are counted under a lock: two drafts sent at the same moment
    cannot both be the last. Raises UnableToApply (held_at_most, business).
    """
    definition = case.service_version.parsed
    with transaction.atomic():
        if case.submission_key != submission_key:
            _require_holder(case, at=at)
            if definition.held_at_most:
                locks.transaction_lock(f"licensing.held:{definition.slug}:{_holder_key(case)}")
                if refusal := too_many(case, at=at):
                    raise UnableToApply(refusal, code="held_at_most")
        return BY_TRANSITION["submit"](
            case,
            actor=actor,
            submission_key=submission_key,
            by_person=by_person,
            at=at,
            expected_version=expected_version,
        )


def too_many(case: Case, *, at: datetime) -> str:
    """Why the holder may not have one more of these, in words; "" where they may."""
    most = case.service_version.parsed.held_at_most
    if not most or queries.application_of(case).renews_id or queries.places_taken(case, at=at) < most:
        return ""
    return ngettext(
        "You may hold %(most)d licence of this kind at a time, and you have or have asked for it already. Give it up"
        " or let it end before you apply for another place.",
        "You may hold %(most)d licences of this kind at a time, one for each place, and you have or have asked for as"
        " many already. Give one up or let it end before you apply for another place.",
        most,
    ) % {"most": most}


def _require_holder(case: Case, *, at: datetime) -> None:
    """A business is asked for where the service is one for businesses, and the applicant may act for it still."""
    business = queries.application_of(case).business
    if case.service_version.parsed.holder != "business":
        return
    if business is None:
        raise UnableToApply(_("Say for which business you apply."), code="business")
    if case.applicant is None or not policies.person_may_act_for(case.applicant, business, at=at):
        raise UnableToApply(_("The applicant may no longer act for this business."), code="business")


def _holder_key(case: Case) -> str:
    """One name for all applications of the same human being, or business."""
    business = queries.application_of(case).business
    if business is not None:
        return str(business.pk)
    person = case.applicant
    if person is None:
        return case.reference
    return bytes(person.nik_index).hex() if person.nik_index is not None else str(person.pk)

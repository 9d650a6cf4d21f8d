"""All reads of businesses and licences: one's own, those of a holder, what may be renewed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from licensing import policies, rules
from licensing.models import Business, BusinessMember, Invitation, Licence, LicenceApplication
from licensing.rules import Renewal
from services.accounts import queries as accounts
from services.accounts.models import Hat, Person, User
from services.casework import checks
from services.casework import queries as casework
from services.casework.models import Case
from services.documents.models import Certificate, in_force
from services.foundation import clock


def businesses_of(user: User, *, at: datetime) -> QuerySet[Business]:
    """The businesses for which this user may act today, by name."""
    return (
        Business.objects.filter(policies.in_force(at, prefix="members__"), members__person__user=user)
        .select_related("district")
        .order_by("name", "id")
        .distinct()
    )


def businesses_of_person(person: Person, *, at: datetime) -> QuerySet[Business]:
    """The businesses for which this person may act today, by name."""
    mine = policies.in_force(at, prefix="members__")
    return Business.objects.filter(mine, members__person=person).order_by("name", "id").distinct()


def business_for(user: User, business_id: UUID, *, at: datetime) -> Business | None:
    """A business for which this user may act; None for any other."""
    return businesses_of(user, at=at).filter(pk=business_id).first()


def members_of(business: Business, *, at: datetime) -> list[BusinessMember]:
    """Everybody who may act for the business today, the longest first."""
    current = business.members.filter(policies.in_force(at)).select_related("person__user")
    return list(current.order_by("valid_from", "id"))


def people_of(business: Business, *, at: datetime) -> list[Person]:
    """The persons who may act for the business today."""
    return [member.person for member in members_of(business, at=at)]


def open_invitations(business: Business, *, at: datetime) -> list[Invitation]:
    """Codes that were sent and not used yet, the latest first."""
    waiting = business.invitations.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    return list(waiting.order_by("-created_at"))


def application_of(case: Case) -> LicenceApplication:
    """The application's own row, with its business and the licence that it renews."""
    rows = LicenceApplication.objects.select_related("business__district", "renews__certificate")
    return rows.get(case=case)


def renewals() -> QuerySet[LicenceApplication]:
    """The applications that renew a licence."""
    return LicenceApplication.objects.filter(renews__isnull=False)


def full() -> QuerySet[Licence]:
    """Licences with all that a row or a page of them names, and whether a renewal is under way or done."""
    renewals = LicenceApplication.objects.filter(renews=OuterRef("pk"))
    return Licence.objects.select_related(
        "certificate",
        "service",
        "person__user",
        "business__district",
        "case__agency",
        "case__service_version",
    ).annotate(
        is_under_way=Exists(renewals.filter(case__closed_at=None)),
        is_renewed=Exists(renewals.filter(case__outcome="GRANTED")),
    )


def licences_of(user: User, *, at: datetime) -> list[Licence]:
    """Licences that the user holds or that a business of theirs holds: what ends next comes first, what has ended last."""
    businesses = businesses_of(user, at=at).values("pk")
    mine = full().filter(Q(person__user=user) | Q(business__in=businesses))
    found = list(mine.order_by(F("certificate__valid_until").asc(nulls_last=True), "-granted_at", "-id"))
    return sorted(found, key=lambda licence: licence.certificate.standing not in Certificate.IN_FORCE)


def licence_for(user: User, reference: str, *, at: datetime) -> Licence | None:
    """A licence that this user holds, by the reference of its case; None for any other."""
    licence = full().filter(case__reference=reference).first()
    return licence if licence and policies.may_renew(user, licence, at=at) else None


def licences_of_business(business: Business) -> list[Licence]:
    """The licences of a business, the latest first."""
    return list(full().filter(business=business))


def licence_of(case: Case) -> Licence | None:
    """The licence that came of a case; None where there is none yet."""
    return full().filter(case=case).first()


def holders_of(licence: Licence, *, at: datetime) -> list[Person]:
    """The person who holds a licence, or everybody who may act for the business that does."""
    if licence.business is not None:
        return people_of(licence.business, at=at)
    return [licence.person] if licence.person else []


def renewal_of(licence: Licence, *, at: datetime) -> Renewal:
    """Whether a licence (read by `full`) may be renewed now."""
    return rules.renewal(
        licence.certificate,
        licence.case.service_version.parsed,
        is_under_way=getattr(licence, "is_under_way", False),
        is_renewed=getattr(licence, "is_renewed", False),
        today=clock.local_date(at),
    )


def renewal_under_way(licence: Licence) -> Case | None:
    """The application that renews a licence and has not ended yet."""
    open_ones = licence.renewals.filter(case__closed_at=None).select_related("case__service_version__service")
    found = open_ones.first()
    return found.case if found else None


def same_holder(case: Case) -> Q:
    """The condition under which another case is of the same holder: the business, or else the same person.

    A case that this one renews in good standing is not held against it.
    """
    application = application_of(case)
    same = (
        Q(licence_application__business=application.business)
        if application.business
        else checks.same_person(case) & Q(licence_application__business=None)
    )
    renewed = application.renews
    if renewed is not None and renewed.certificate.standing != Certificate.Standing.SUSPENDED:
        same &= ~Q(pk=renewed.case_id)
    return same


def others_of_holder(case: Case) -> list[Licence]:
    """Every other licence of the holder of this case, whatever the service, the latest first."""
    application = application_of(case)
    if application.business is not None:
        mine = Q(business=application.business)
    else:
        mine = Q(case__in=Case.objects.filter(checks.same_person(case)), business=None)
    return list(full().filter(mine).exclude(case=case))


def places_taken(case: Case, *, at: datetime) -> int:
    """How many licences of the service the holder has or has asked for, this case apart; a renewed one counts once."""
    of_holder = Case.objects.filter(
        same_holder(case), service_version__service=case.service_version.service_id
    ).exclude(pk=case.pk)
    held = Licence.objects.filter(in_force(at=at, prefix="certificate__"), case__in=of_holder).exclude(
        renewals__case__outcome="GRANTED"
    )
    asked = of_holder.filter(
        submitted_at__isnull=False, licence=None, licence_application__renews=None
    ).exclude(closed_at__isnull=False)
    return held.count() + asked.count()


def licences_at_desk(user: User, *, at: datetime) -> QuerySet[Licence]:
    """The licences that an officer may see: those of the agencies whose files they read; for an auditor, all."""
    worn = list(accounts.memberships_of(user, at=at))
    seen = Licence.objects.select_related("certificate", "service", "case")
    if any(member.hat == Hat.AUDITOR for member in worn):
        return seen
    agencies = {member.agency_id for member in worn if member.hat in casework.READING_HATS}
    return seen.filter(case__agency__in=agencies)

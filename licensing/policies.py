"""Who may act for a business, and whose own matter its cases are."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from licensing.models import Business, BusinessMember, Licence, LicenceApplication
from services.accounts.models import Person, User
from services.casework.models import Case
from services.foundation import clock
from services.integrity.models import Interest


def in_force(at: datetime, *, prefix: str = "") -> Q:
    """The condition under which a membership counts on the day of this moment."""
    today = clock.local_date(at)
    return Q(**{f"{prefix}valid_from__lte": today}) & (
        Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": today})
    )


def may_act_for(user: User, business: Business, *, at: datetime) -> bool:
    """Whether this user may apply, change and invite in the name of a business."""
    return BusinessMember.objects.filter(in_force(at), business=business, person__user=user).exists()


def person_may_act_for(person: Person, business: Business, *, at: datetime) -> bool:
    """Whether this person may act for a business."""
    return BusinessMember.objects.filter(in_force(at), business=business, person=person).exists()


def may_renew(user: User, licence: Licence, *, at: datetime) -> bool:
    """Whether this user holds the licence, or may act for the business that does."""
    if licence.business is not None:
        return may_act_for(user, licence.business, at=at)
    return licence.person is not None and licence.person.user_id == user.pk


def entered_with(case: Case, business_id: UUID) -> bool:
    """Whether a business was entered with this draft and belongs to nothing else yet: its helper may still mend it."""
    used = LicenceApplication.objects.filter(business=business_id)
    return used.filter(case=case).exists() and not used.exclude(case=case).exists()


def own_matters(user: User) -> Exists:
    """The condition under which a case is this user's own matter: whoever ever acted for the business stays a party."""
    members = BusinessMember.objects.filter(
        business=OuterRef("licence_application__business"), person__user=user
    )
    return Exists(members)


def for_declared_businesses(declared: QuerySet[Interest]) -> Q:
    """The condition under which a case is for a business that an officer declared: by its NIB, or by its whole name."""
    companies = declared.filter(kind=Interest.Kind.COMPANY)
    named = companies.annotate(plain=Lower("name")).values("plain")
    known = Business.objects.filter(pk=OuterRef("licence_application__business"))
    numbered = known.filter(nib__in=companies.exclude(nib="").values("nib"))
    return Q(Exists(numbered)) | Q(Exists(known.annotate(plain=Lower("name")).filter(plain__in=named)))

"""Who somebody at the counter is: found by the whole phone number or the whole NIK, each look on record."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts.models import Hat, Person, User
from services.accounts.operations.nik import index_of, subject_of
from services.audit import operations as audit
from services.foundation import identity
from services.foundation.errors import UnableTo
from services.government.models import Agency

LOOKED_UP: Final = "accounts.person.looked_up"
#: A number that more people gave is no name; the identity card decides then.
SHOWN: Final = 5


class UnableToLookUp(UnableTo):
    """What was typed is neither a phone number nor a NIK."""


def look_up_persons(typed: str, *, viewer: User, agency: Agency, at: datetime) -> list[Person]:
    """The people with this phone number or NIK, those first whose NIK was checked. The caller limits how often.

    An event of each person found, which they see, and one of the officer where nobody was. Raises UnableToLookUp.
    """
    condition, by = _meant(typed)
    actor = actors.acting(viewer, hat=Hat.INTAKE, agency_code=agency.code)
    persons = Person.objects.filter(condition).select_related("user", "district")
    found = list(persons.order_by("nik_verified_at", "-is_own", "-created_at", "id")[:SHOWN])
    subjects = [subject_of(person) for person in found] or [actors.subject_of(viewer)]
    with transaction.atomic():
        for subject in subjects:
            details = {"by": by, "found": len(found)}
            audit.record(LOOKED_UP, actor=actor, subject=subject, at=at, details=details)
    return found


def _meant(typed: str) -> tuple[Q, str]:
    try:
        return Q(nik_index=index_of(identity.parse_nik(typed).number)), "nik"
    except identity.NotANik:
        pass
    try:
        phone = identity.parse_phone(typed)
    except identity.NotAPhone:
        raise UnableToLookUp(
            _("Type the whole phone number, or the 16 digits of the NIK."), code="who", field="who"
        ) from None
    confirmed = Q(user__phone=phone, user__phone_verified_at__isnull=False)
    return Q(phone=phone) | confirmed, "phone"

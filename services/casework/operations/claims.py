"""What a case remembers when its applicant takes it over from the helper who filed it."""

from datetime import datetime

from django.db import transaction

from services.accounts.models import Person
from services.casework import transitions
from services.casework.models import Case
from services.casework.workflow import APPLICANT


def record_claim(person: Person, *, at: datetime) -> int:
    """Put on record, in every case of this person, that its applicant signs in for it from now on; returns how many."""
    with transaction.atomic():
        found = Case.objects.filter(applicant=person).order_by("pk")
        for case in found:
            transitions.record(
                transitions.lock(case), "casework.case.claimed", actor=person.user, hat=APPLICANT, at=at
            )
    return len(found)

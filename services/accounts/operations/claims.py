"""Claim codes: how somebody takes over the person whom a helper entered for them, and with it the cases."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts.models import ClaimCode, Person, User
from services.accounts.operations.nik import subject_of
from services.audit import operations as audit
from services.audit.actors import Actor
from services.foundation import onetime, sealing
from services.foundation.errors import UnableTo
from services.outbox import operations as outbox

CLAIMED = "accounts.person.claimed"
LIFETIME = timedelta(days=90)


class UnableToClaim(UnableTo):
    """The code gives nobody over. `code`: unknown, expired, used, joined, other_nik."""


def issue_claim_code(person: Person, *, actor: Actor, at: datetime) -> str:
    """Make the one-time code that the helper's receipt carries, e.g. "7K3F-9QXM-2E4T". It is kept only as a hash.

    An earlier unused code of the same person is void from now on. Raises UnableToClaim for a person who has a login.
    """
    code = onetime.new()
    with transaction.atomic():
        if Person.objects.select_for_update().get(pk=person.pk).user_id:
            raise UnableToClaim(_("This person signs in already and needs no code."), code="joined")
        ClaimCode.objects.filter(person=person, used_at__isnull=True, expires_at__gt=at).delete()
        ClaimCode.objects.create(
            person=person, code_hash=_hash(code), created_at=at, expires_at=at + LIFETIME
        )
        audit.record("accounts.claim_code.issued", actor=actor, subject=subject_of(person), at=at)
    return onetime.spelled(code)


def claim_person(user: User, *, code: str, at: datetime) -> Person:
    """Join the person behind a claim code to the user. The person, and with it the applicant of their cases, stays.

    Raises UnableToClaim. The caller limits how often a user may try.
    """
    with transaction.atomic():
        claim = ClaimCode.objects.select_for_update().filter(code_hash=_hash(onetime.read(code))).first()
        if claim is None:
            raise UnableToClaim(
                _("We do not know this code. Check it against the receipt; it has 12 letters and digits."),
                code="unknown",
                field="code",
            )
        person = Person.objects.select_for_update().get(pk=claim.person_id)
        _refuse(claim, person, user, at=at)
        claim.used_at, claim.used_by = at, user
        claim.save(update_fields=["used_at", "used_by"])
        person.user, person.is_own = user, False
        person.save(update_fields=["user", "is_own"])
        audit.record(CLAIMED, actor=actors.acting(user), subject=subject_of(person), at=at)
        outbox.publish(CLAIMED, {"person": str(person.pk)}, dedupe_key=f"{CLAIMED}:{claim.pk}", at=at)
    return person


def _refuse(claim: ClaimCode, person: Person, user: User, *, at: datetime) -> None:
    if claim.used_at or person.user_id:
        raise UnableToClaim(_("This code was used before."), code="used", field="code")
    if claim.expires_at <= at:
        raise UnableToClaim(
            _("This code has expired. Ask the office for a new one."), code="expired", field="code"
        )
    own = user.person
    if (
        own.nik_index is not None
        and person.nik_index is not None
        and bytes(own.nik_index) != bytes(person.nik_index)
    ):
        raise UnableToClaim(
            _("This code was made for somebody with another NIK. Ask the office for help."),
            code="other_nik",
            field="code",
        )


def _hash(code: str) -> bytes:
    return sealing.blind_index(code, purpose="accounts.claim_code")

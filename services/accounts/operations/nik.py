"""The NIK of a person: kept sealed, found by its blind index, unmasked only with an event."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors, policies
from services.accounts.models import Person, User
from services.audit import operations as audit
from services.audit.actors import Actor, Subject
from services.foundation import identity, sealing
from services.foundation.errors import UnableTo
from services.government.models import Agency

INDEX_PURPOSE = "accounts.person.nik"


class UnableToKeepNik(UnableTo):
    """The NIK cannot be kept for this person. `code`: verified (it was checked and stays), taken (another has it)."""


class UnableToRevealNik(UnableTo):
    """The NIK is not shown. `code`: hat (no hat in that agency), absent (none on file), purpose (no reason given)."""


def subject_of(person: Person) -> Subject:
    """The person as what an event is about."""
    return Subject("person", str(person.id))


def index_of(number: str) -> bytes:
    """The blind index of a NIK, by which equal numbers are found without being read."""
    return sealing.blind_index(number, purpose=INDEX_PURPOSE)


def keep_nik(person: Person, number: str, *, actor: Actor, at: datetime) -> Person:
    """Seal a NIK for a person, in place of what was there. Raises identity.NotANik and UnableToKeepNik.

    A verified NIK stays as it is: it is permanent, even after a move. That another person claims the same number is not
    told here, since nobody has checked it yet; only verified numbers are unique.
    """
    nik = identity.parse_nik(number)
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        index = index_of(nik.number)
        if locked.nik_index is not None and bytes(locked.nik_index) == index:
            return locked
        if locked.nik_verified_at:
            raise UnableToKeepNik(
                _(
                    "Your NIK was checked against your identity card and stays as it is. Ask the office if it is wrong."
                ),
                code="verified",
                field="nik",
            )
        locked.nik_sealed = sealing.seal(nik.number, bound_to=locked.seal_binding)
        locked.nik_index, locked.nik_mask = index, identity.mask_nik(nik.number)
        locked.save(update_fields=["nik_sealed", "nik_index", "nik_mask"])
        audit.record("accounts.nik.kept", actor=actor, subject=subject_of(locked), at=at)
    return locked


def reveal_nik(person: Person, *, viewer: User, agency: Agency, purpose: str, at: datetime) -> str:
    """Unmask a NIK for an officer of an agency and record it where its owner sees it. Returns the 16 digits.

    `purpose` says what for, e.g. a case's reference. Raises UnableToRevealNik.
    """
    hat = policies.reading_hat(viewer, agency, at=at)
    actor = actors.acting(viewer, hat=hat, agency_code=agency.code)
    if not hat:
        audit.note_refusal("accounts.nik.revealed", actor=actor, subject=subject_of(person), why="hat")
        raise UnableToRevealNik(_("You may not see this NIK."), code="hat")
    if not purpose.strip():
        raise UnableToRevealNik(_("Say what you need the NIK for."), code="purpose", field="purpose")
    if not person.has_nik:
        raise UnableToRevealNik(_("No NIK is on file for this person."), code="absent")
    with transaction.atomic():
        audit.record(
            "accounts.nik.revealed",
            actor=actor,
            subject=subject_of(person),
            at=at,
            details={"purpose": purpose.strip()},
        )
        return unsealed_nik(person)


def unsealed_nik(person: Person) -> str:
    """The 16 digits, for what is not shown to anybody: a check, a form sent to a register. For display: `reveal_nik`."""
    return sealing.unseal(bytes(person.nik_sealed or b""), bound_to=person.seal_binding)


def verify_nik(person: Person, *, verifier: User, agency: Agency, at: datetime) -> Person:
    """Note that an officer saw the identity card. Raises UnableToKeepNik when another verified person has that number."""
    hat = policies.reading_hat(verifier, agency, at=at)
    if not hat:
        raise UnableToRevealNik(_("You may not see this NIK."), code="hat")
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if not locked.has_nik:
            raise UnableToRevealNik(_("No NIK is on file for this person."), code="absent")
        if locked.nik_verified_at:
            return locked
        holders = Person.objects.filter(
            nik_index=locked.nik_index, nik_verified_at__isnull=False, is_own=True
        )
        if locked.is_own and holders.exclude(pk=locked.pk).exists():
            raise UnableToKeepNik(
                _("This NIK already belongs to another verified person."), code="taken", field="nik"
            )
        locked.nik_verified_at = at
        locked.save(update_fields=["nik_verified_at"])
        actor = actors.acting(verifier, hat=hat, agency_code=agency.code)
        audit.record("accounts.nik.verified", actor=actor, subject=subject_of(locked), at=at)
    return locked

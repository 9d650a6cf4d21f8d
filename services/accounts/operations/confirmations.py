"""A person says yes on their own phone: a code by SMS, typed where their helper sits."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from services.accounts.models import ConfirmationCode, Person
from services.accounts.operations.messages import request_sms
from services.accounts.operations.nik import subject_of
from services.audit import operations as audit
from services.audit.actors import Actor
from services.foundation import identity, sealing
from services.foundation.errors import UnableTo

LIFETIME = timedelta(minutes=15)
ATTEMPTS = 5
PAUSE = timedelta(seconds=30)
CODES_AN_HOUR = 5
DIGITS = 6


class UnableToConfirm(UnableTo):
    """The code does not confirm. `code`: phone, wait, too_many, expired, wrong."""


def open_confirmation(
    person: Person, *, purpose: str, subject_key: str, actor: Actor, at: datetime, language: str = ""
) -> ConfirmationCode:
    """Send a code to the person's phone for one purpose on one subject; an earlier code for the same then is void.

    Raises UnableToConfirm without a phone, within half a minute of the last code, and beyond five codes an hour.
    """
    phone = person.contact_phone
    if not phone:
        raise UnableToConfirm(_("This person has no phone number on file."), code="phone", field="phone")
    number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        _keep_within_limits(person, at=at)
        opened = ConfirmationCode(
            person=person,
            purpose=purpose,
            subject_key=subject_key,
            phone_mask=identity.mask_phone(phone),
            created_at=at,
            expires_at=at + LIFETIME,
        )
        opened.code_hash = _hash(opened.id, number)
        opened.save(force_insert=True)
        spoken = language or (person.user.language if person.user else get_language() or "id")
        request_sms(
            phone=phone, purpose="CONFIRMATION", language=spoken, at=at, code=f"{number[:3]} {number[3:]}"
        )
        details = {"purpose": purpose, "subject": subject_key}
        audit.record(
            "accounts.confirmation.opened", actor=actor, subject=subject_of(person), at=at, details=details
        )
    return opened


def confirm_code(
    person: Person, *, purpose: str, subject_key: str, code: str, actor: Actor, at: datetime
) -> ConfirmationCode:
    """Take the code that was read out or pasted, spaces forgiven. Raises UnableToConfirm; a wrong one is counted."""
    with transaction.atomic():
        last = (
            ConfirmationCode.objects.select_for_update()
            .filter(person=person, purpose=purpose, subject_key=subject_key)
            .order_by("-created_at")
            .first()
        )
        refusal = _refusal(last, "".join(filter(str.isdigit, code)), at=at)
        if last and not refusal:
            last.confirmed_at = at
            last.save(update_fields=["confirmed_at"])
            details = {"purpose": purpose, "subject": subject_key}
            audit.record(
                "accounts.confirmation.given", actor=actor, subject=subject_of(person), at=at, details=details
            )
            return last
        if last and refusal and refusal.code == "wrong":
            ConfirmationCode.objects.filter(pk=last.pk).update(attempts=F("attempts") + 1)
    # Raised after the commit, so that the attempt stays counted.
    raise refusal or UnableToConfirm(_("Ask for a code first."), code="expired", field="code")


def _refusal(last: ConfirmationCode | None, number: str, *, at: datetime) -> UnableToConfirm | None:
    if last is None or last.confirmed_at or last.expires_at <= at:
        return UnableToConfirm(_("This code has expired. Ask for a new one."), code="expired", field="code")
    if last.attempts >= ATTEMPTS:
        return UnableToConfirm(
            _("This code was typed wrongly too often. Ask for a new one."), code="too_many", field="code"
        )
    if not secrets.compare_digest(bytes(last.code_hash), _hash(last.id, number)):
        return UnableToConfirm(
            _("That is not the code we sent. Check the 6 digits in the last SMS."), code="wrong", field="code"
        )
    return None


def _keep_within_limits(person: Person, *, at: datetime) -> None:
    recent = ConfirmationCode.objects.filter(person=person, created_at__gt=at - timedelta(hours=1))
    if recent.filter(created_at__gt=at - PAUSE).exists():
        raise UnableToConfirm(
            _("A code is on its way. Wait half a minute before you ask for another."), code="wait"
        )
    if recent.count() >= CODES_AN_HOUR:
        raise UnableToConfirm(_("Five codes were sent within the hour. Try again later."), code="too_many")


def _hash(code_id: UUID, number: str) -> bytes:
    return sealing.blind_index(number, purpose=f"accounts.confirmation:{code_id}")

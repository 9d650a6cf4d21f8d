"""Keys of programs are made, used and revoked here; each is shown to people once, when it is made."""

import secrets
import string
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.models import ApiKey
from complaints.queries import keys
from services.accounts import actors
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.audit.actors import SYSTEM, Actor, Subject
from services.foundation.errors import UnableTo

BEGINNING: Final = "bng_"
#: Letters and digits only, so that a double click takes all of it.
ALPHABET: Final = string.ascii_letters + string.digits
RANDOM_LENGTH: Final = 32
#: How much of a key may be shown later.
SHOWN: Final = 10
#: The last use is written down no more often than this.
NOTED_EVERY: Final = timedelta(minutes=1)


class UnableToManageKey(UnableTo):
    """The key cannot be made or revoked. `code`: not_administrator, name, contact, reason, revoked."""


class UnableToUseKey(UnableTo):
    """The key is not one of ours, or was revoked."""


def make_key(*, name: str, contact: str, made_by: User | None, at: datetime) -> tuple[ApiKey, str]:
    """Make a key for a program; returns its row, and the key itself, which is kept nowhere.

    Without `made_by` it comes from whoever holds the machine, by command, and the record says so. Raises UnableToManageKey.
    """
    actor = _administrator(made_by, at=at) if made_by else SYSTEM
    for field, value in (("name", name), ("contact", contact)):
        if not value.strip():
            raise UnableToManageKey(
                _("Say which program it is, and who answers for it."), code=field, field=field
            )
    secret = BEGINNING + "".join(secrets.choice(ALPHABET) for _place in range(RANDOM_LENGTH))
    with transaction.atomic():
        key = ApiKey.objects.create(
            name=name.strip(),
            contact=contact.strip(),
            start=secret[:SHOWN],
            digest=keys.digest_of(secret),
            made_by=made_by,
            made_at=at,
        )
        audit.record(
            "complaints.key.made", actor=actor, subject=subject_of(key), at=at, details={"name": key.name}
        )
    return key, secret


def revoke_key(key: ApiKey, *, revoked_by: User, reason: str, at: datetime) -> ApiKey:
    """Let nobody send with this key any more. Raises UnableToManageKey."""
    actor = _administrator(revoked_by, at=at)
    if not reason.strip():
        raise UnableToManageKey(_("Say why the key is revoked."), code="reason", field="reason")
    with transaction.atomic():
        locked = ApiKey.objects.select_for_update().get(pk=key.pk)
        if locked.revoked_at:
            raise UnableToManageKey(_("This key was revoked already."), code="revoked")
        locked.revoked_by, locked.revoked_at, locked.reason = revoked_by, at, reason.strip()
        locked.save(update_fields=["revoked_by", "revoked_at", "reason"])
        audit.record(
            "complaints.key.revoked",
            actor=actor,
            subject=subject_of(locked),
            at=at,
            details={"reason": locked.reason},
        )
    return locked


def use_key(*, secret: str, at: datetime) -> ApiKey:
    """The row of this key, with its last use noted. Raises UnableToUseKey."""
    key = keys.key_of(secret)
    if key is None:
        raise UnableToUseKey(_("This key is not known, or it was revoked. Ask for a new one."))
    unnoted = Q(last_used_at=None) | Q(last_used_at__lt=at - NOTED_EVERY)
    ApiKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=at)
    return key


def subject_of(key: ApiKey) -> Subject:
    """The key as the record names it."""
    return Subject("api_key", str(key.pk))


def _administrator(user: User, *, at: datetime) -> Actor:
    """The administrator over the complaints office as actor, or a refusal."""
    over = keys.office_administered_by(user, at=at)
    actor = actors.acting(user, hat=Hat.ADMINISTRATOR if over else "", agency_code=over)
    if not over:
        audit.note_refusal(
            "complaints.key.changed",
            actor=actor,
            subject=Subject("api_key", ""),
            why="not_administrator",
        )
        raise UnableToManageKey(
            _("Only an administrator of the complaints office may do this."), code="not_administrator"
        )
    return actor

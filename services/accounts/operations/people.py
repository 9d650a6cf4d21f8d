"""A person's own details, and what a user chooses for themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from services.accounts import actors
from services.accounts.models import Person, User
from services.accounts.operations import nik as niks
from services.audit import operations as audit
from services.audit.actors import Actor
from services.government.models import District


def register_person(
    *, name: str, nik: str = "", phone: str = "", district: District | None = None, actor: Actor, at: datetime
) -> Person:
    """Enter somebody without a login, as a helper does. `phone` is E.164 or "". Raises identity.NotANik."""
    with transaction.atomic():
        person = Person.objects.create(name=_plain(name), phone=phone, district=district, created_at=at)
        audit.record("accounts.person.registered", actor=actor, subject=niks.subject_of(person), at=at)
        if nik:
            person = niks.keep_nik(person, nik, actor=actor, at=at)
    return person


def save_details(
    user: User, *, name: str, district: District | None = None, nik: str = "", at: datetime
) -> Person:
    """Write the name and district of the user's own person, and their NIK if one is given. Raises niks.UnableToKeepNik."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(user=user, is_own=True)
        person.name, person.district = _plain(name), district
        person.save(update_fields=["name", "district"])
        actor = actors.acting(user)
        audit.record("accounts.person.changed", actor=actor, subject=niks.subject_of(person), at=at)
        if nik:
            person = niks.keep_nik(person, nik, actor=actor, at=at)
    return person


def choose_language(user: User, *, language: str) -> None:
    """Remember in which language a user reads. Not an event: it says nothing about anybody."""
    User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)


def choose_keys(user: User, *, on: bool) -> None:
    """Remember whether single keys do something on a user's desk. Not an event: it says nothing about anybody."""
    User.objects.filter(pk=user.pk).exclude(uses_keys=on).update(uses_keys=on)
    user.uses_keys = on


def record_of_user(
    action: str,
    user: User,
    *,
    at: datetime,
    actor: Actor | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record what happened to a login, in a transaction of its own if there is none yet."""
    with transaction.atomic():
        subject = actors.subject_of(user)
        audit.record(action, actor=actor or actors.acting(user), subject=subject, at=at, details=details)


def _plain(name: str) -> str:
    """A name without doubled or stray spaces."""
    return " ".join(name.split())

"""What a person's own page shows: rows of cards, and who looked at their NIK."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from services.accounts import queries
from services.accounts.models import Hat, Language, Person, User
from services.accounts.operations.lookups import LOOKED_UP
from services.audit import queries as record
from services.audit.actors import Subject
from services.foundation import texts
from services.government.models import Agency

Row = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """A group of rows under a heading."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Look:
    """One unmasking of a NIK, as its owner sees it: office and role, never a name."""

    at: datetime
    office: str
    role: str | Promise
    purpose: str


def cards(user: User, *, at: datetime) -> list[Card]:
    """The cards of the page, in the order in which people look for things."""
    person = user.person
    found = [
        Card(_("You"), _identity(person)),
        Card(_("How we reach you"), _contacts(user)),
        Card(_("Ways in"), _doors(user)),
    ]
    hats = [
        {"key": str(Hat(worn.hat).label), "value": texts.local(worn.agency.name)}
        for worn in queries.memberships_of(user, at=at)
    ]
    return [*found, Card(_("Your hats"), hats)] if hats else found


def _identity(person: Person) -> list[Row]:
    details = reverse("accounts:details")
    checked = _("checked by the office") if person.nik_verified_at else _("not checked yet")
    return [
        {"key": _("Name"), "value": person.name, "href": details},
        {
            "key": _("NIK"),
            "value": f"{person.nik_mask} ({checked})" if person.has_nik else _("Not given"),
            "href": details,
        },
        {
            "key": _("District")
            if not person.district or person.district.is_kecamatan
            else _("Regency or city"),
            "value": person.district.full_name if person.district else _("Not given"),
            "href": details,
        },
    ]


def _contacts(user: User) -> list[Row]:
    return [
        {"key": _("Phone"), "value": user.phone or _("None"), "href": reverse("account_change_phone")},
        {
            "key": _("E-mail"),
            "value": queries.verified_email_of(user) or _("None"),
            "href": reverse("account_email"),
        },
        {"key": _("Language"), "value": Language(user.language).label, "href": reverse("accounts:language")},
    ]


def _doors(user: User) -> list[Row]:
    protected = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return [
        {"key": _("Password"), "value": "••••••••", "href": reverse("account_change_password")},
        {
            "key": _("Second factor"),
            "value": _("On: an authenticator app") if protected else _("Off"),
            "href": reverse("mfa_index"),
        },
        {
            "key": _("Devices signed in"),
            "value": _("See where you are signed in, and sign out elsewhere"),
            "href": reverse("usersessions_list"),
            "action": _("Show"),
        },
    ]


def lookers(user: User) -> list[Look]:
    """Every unmasking of this user's NIK, and every look-up at a counter, the latest first."""
    events = [
        event
        for person in sorted(queries.persons_of(user))
        for event in record.events_of(Subject("person", str(person)))
        if event.action in {"accounts.nik.revealed", LOOKED_UP}
    ]
    names = {
        agency.code: texts.local(agency.name)
        for agency in Agency.objects.filter(code__in={e.actor.agency for e in events})
    }
    return [
        Look(
            at=event.at,
            office=names.get(event.actor.agency, event.actor.agency),
            role=Hat(event.actor.hat).label if event.actor.hat in Hat.values else "",
            purpose=_("Looked up at a counter, with the NIK masked")
            if event.action == LOOKED_UP
            else event.details.get("purpose", ""),
        )
        for event in sorted(events, key=lambda event: event.at, reverse=True)
    ]

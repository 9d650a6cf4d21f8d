"""What stands around every page: the government, whom to ask, the doors in the header. Costs no query."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework import outages
from services.government import queries as government


@dataclass(frozen=True)
class Door:
    """A link in the header; the one the reader stands behind is marked. An icon stands for it where space is small."""

    href: str
    text: str | Promise
    is_current: bool
    icon: str


ICONS = {"/notifications/": "bell"}
OPEN_DOORS = (
    ("/services/", _("Services")),
    ("/track/", pgettext_lazy("header", "Track")),
    ("/verify/", pgettext_lazy("header", "Verify")),
)
GUEST_DOORS = (("/account/login/", _("Sign in")),)
STAFF_DOORS = (("/admin/", pgettext_lazy("header", "Desk")),)
OWN_DOORS = (
    ("/cases/", _("My cases")),
    ("/notifications/", pgettext_lazy("header", "Notices")),
    ("/account/", _("Account")),
)


def doors(request: HttpRequest) -> list[Door]:
    """The links of the header, for a guest or for someone signed in; whoever works here finds the desk among them."""
    user = getattr(request, "user", None)
    links = OPEN_DOORS + (OWN_DOORS if user and user.is_authenticated else GUEST_DOORS)
    if user and getattr(user, "is_staff", False):
        links = STAFF_DOORS + links
    return [
        Door(href, text, is_current=request.path.startswith(href), icon=ICONS.get(href, ""))
        for href, text in links
    ]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `government`, `office` (a page about a case gives its own), `outages_shown`, `doors`, `demo_note`."""
    return {
        "government": SimpleLazyObject(government.government),
        "office": SimpleLazyObject(government.office_contact),
        "outages_shown": SimpleLazyObject(outages.shown),
        "doors": SimpleLazyObject(lambda: doors(request)),
        "demo_note": settings.DEMO,
    }

"""The sidebar of the desk: the work first, then what oversight offers the reader, then the lists."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from services.accounts.http import CitizenRequest
from services.casework.admin import work


def navigation(request: CitizenRequest) -> list[dict[str, Any]]:
    """Groups of links; only what a hat of the reader opens."""
    groups = work.navigation(request)
    offered = _oversight(request)
    if offered:
        groups.insert(1, {"title": _("Oversight"), "items": offered})
    return groups


def _oversight(request: CitizenRequest) -> list[dict[str, str]]:
    doors = (
        ("oversight.view_dashboard", _("Dashboard"), "oversight:dashboard", "monitoring"),
        (
            "complaints.view_unanswered",
            _("Reports without an answer"),
            "admin:complaints_category_unanswered",
            "campaign",
        ),
        ("oversight.view_register", _("Register of decisions"), "oversight:register", "menu_book"),
        ("oversight.view_register", _("Helpers"), "oversight:helpers", "group"),
    )
    return [
        {"title": title, "link": reverse(name), "icon": icon}
        for permission, title, name, icon in doors
        if request.user.has_perm(permission)
    ]

"""The sidebar of the desk and its first page: the work, what oversight offers the reader, then the lists."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from services.accounts.http import CitizenRequest
from services.casework.admin import work


def navigation(request: CitizenRequest) -> list[dict[str, Any]]:
    """Groups of links; only what a hat of the reader opens."""
    groups = work.navigation(request)
    if request.user.has_perm("casework.use_counter"):
        address = reverse("applications:counter")
        counter = {"title": _("Counter"), "link": address, "icon": "storefront"}
        groups[0]["items"].append(counter | {"active": request.path.startswith(address)})
    offered = _oversight(request)
    if offered:
        groups.insert(1, {"title": _("Oversight"), "items": offered})
    return groups


def first_page(request: CitizenRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The reader's work, with the doors to oversight before it."""
    return work.dashboard(request, context) | {"doors": _oversight(request)}


def _oversight(request: CitizenRequest) -> list[dict[str, str]]:
    """What a hat of the reader opens of oversight, and what they find behind each door."""
    doors = (
        (
            "oversight.view_dashboard",
            "oversight:dashboard",
            "monitoring",
            _("Dashboard"),
            _("What came in and went out, what waits, what is late and where."),
        ),
        (
            "complaints.view_unanswered",
            "admin:complaints_category_unanswered",
            "campaign",
            _("Reports without an answer"),
            _("What people reported and nobody has answered in time."),
        ),
        (
            "oversight.view_register",
            "oversight:register",
            "menu_book",
            _("Register of decisions"),
            _("Who got what, who was refused and why, and whose hands it went through."),
        ),
        (
            "oversight.view_register",
            "oversight:helpers",
            "group",
            _("Helpers"),
            _("Who files for others, how often, and with what success."),
        ),
    )
    return [
        {"title": title, "link": reverse(name), "icon": icon, "behind": behind}
        for permission, name, icon, title, behind in doors
        if request.user.has_perm(permission)
    ]

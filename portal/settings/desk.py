"""How the admin looks and what its first page and sidebar show: the desk of civil servants, on Unfold."""

from typing import Any

from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Desk"),
    "SITE_HEADER": _("Desk"),
    "SITE_SYMBOL": "water_drop",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "portal.pages.sidebar.first_page",
    "SIDEBAR": {
        "show_search": False,
        "command_search": False,
        "show_all_applications": False,
        "navigation": "portal.pages.sidebar.navigation",
    },
    "COMMAND": {"search_models": False, "show_history": False},
}

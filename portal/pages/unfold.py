"""Words of Unfold's own pages, which know no Indonesian: named here, so that our catalogues have them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

WORDS: Final = (
    _("All applications"),
    _("Apply Filters"),
    _("Expand row"),
    _("Filters"),
    _("General"),
    _("Go back"),
    _("More actions"),
    _("Next"),
    _("No results found"),
    _("Previous"),
    _("Record picture"),
    _("Reset filters"),
    _("Return to site"),
    _("Run"),
    _("Select action"),
    _("Select action to run"),
    _("Select all rows"),
    _("Select record"),
    _("This page yielded into no results. Create a new item or reset your filters."),
)

"""The page that lists the keys of the desk, and the switch by which a person turns them off for their account."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from services.accounts import operations as accounts
from services.accounts.http import CitizenRequest

PAGE: Final = "admin:casework_case_keys"


@dataclass(frozen=True, slots=True)
class Key:
    """What one key does. `pressed` are its names on the keyboard."""

    pressed: tuple[str, ...]
    does: Promise


@dataclass(frozen=True, slots=True)
class Place:
    """The keys of one kind of page."""

    title: Promise
    keys: tuple[Key, ...]


#: What `static/js/keys.js` does, in the words of people; a test holds the two together.
PLACES: Final = (
    Place(
        gettext_lazy("Everywhere on the desk"),
        (
            Key(("N",), gettext_lazy("Take the next case")),
            Key(("H",), gettext_lazy("My work")),
            Key(("Q",), gettext_lazy("Queue")),
            Key(("?",), gettext_lazy("This list of keys")),
        ),
    ),
    Place(
        gettext_lazy("In a list of cases"),
        (
            Key(("J", "↓"), gettext_lazy("Next case")),
            Key(("K", "↑"), gettext_lazy("Case before")),
            Key(("O",), gettext_lazy("Open the case")),
            Key(("/",), gettext_lazy("Search")),
        ),
    ),
    Place(
        gettext_lazy("In a file"),
        (
            Key(("T",), gettext_lazy("Take this case")),
            Key(("J", "↓"), gettext_lazy("Next document or answer")),
            Key(("K", "↑"), gettext_lazy("Document or answer before")),
            Key(("O",), gettext_lazy("Look at the document large")),
            Key(("G",), gettext_lazy("Good: no defect, go on to the next")),
            Key(("X",), gettext_lazy("Has a defect: say what is wrong")),
            Key(("D",), gettext_lazy("Decide: go to what you can do; Enter does it")),
            Key(("Esc",), gettext_lazy("Leave a field")),
        ),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest) -> HttpResponse:
    """The list of keys; a press of its button switches them off or on for this account."""
    if request.method == "POST":
        on = request.POST.get("keys") == "on"
        accounts.choose_keys(request.user, on=on)
        messages.success(request, _("The keys are on.") if on else _("The keys are off."))
        return redirect(PAGE)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Keys"),
        "places": PLACES,
        "uses_keys": request.user.uses_keys,
    }
    return TemplateResponse(request, "casework/desk/keys.html", context)

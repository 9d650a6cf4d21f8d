"""What every page asks of somebody signed in: their language, their second factor, their name."""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from services.accounts import operations
from services.accounts.models import Language

Answer = Callable[[HttpRequest], HttpResponse]

# Where somebody may go before they have what they lack.
OPEN_VIEWS = frozenset(
    {
        "accounts:start_again",
        "account_logout",
        "account_reauthenticate",
        "admin:logout",
        "mfa_reauthenticate",
        "set_language",
    }
)
SECOND_FACTOR_VIEWS = frozenset(
    {"mfa_activate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
)
DETAILS_VIEWS = frozenset({"accounts:details"}) | SECOND_FACTOR_VIEWS


#: Where a session keeps the language that somebody chose before they signed in; whoever uses the browser next has another.
CHOSEN_BEFORE = "language_chosen_before"


class UserLanguageMiddleware:
    """Answer in the language that the user chose, on whatever device; remember a new choice made in the header.

    A choice made on the way to signing in counts: it is the newest.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak the user's language."""
        user = request.user
        if user.is_authenticated:
            chosen_before = request.session.pop(CHOSEN_BEFORE, None)
            if chosen_before:
                operations.choose_language(user, language=chosen_before)
                user.language = chosen_before
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        response = self.get_response(request)
        match = request.resolver_match
        chosen = request.POST.get("language", "") if match and match.view_name == "set_language" else ""
        if chosen in Language.values and user.is_authenticated:
            operations.choose_language(user, language=chosen)
        elif chosen in Language.values:
            request.session[CHOSEN_BEFORE] = chosen
        return response


class FirstThingsMiddleware:
    """Lead somebody to what comes before any other page: staff to their second factor, everybody to their name.

    Costs no query: `backends.HatBackend.get_user` brings what is asked here together with the user.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the view is known only in `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect, or nothing."""
        user, match = request.user, request.resolver_match
        if not user.is_authenticated or match is None or match.view_name in OPEN_VIEWS:
            return None
        if settings.STAFF_SECOND_FACTOR_REQUIRED and user.is_staff and not user.has_second_factor:
            return None if match.view_name in SECOND_FACTOR_VIEWS else _first(request, "mfa_activate_totp")
        if not user.has_a_name and match.view_name not in DETAILS_VIEWS:
            return _first(request, "accounts:details")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a limit that allauth reached in the middle of a flow by the page for it."""
        return respond_429(request) if isinstance(exception, RateLimited) else None


def _first(request: HttpRequest, name: str) -> HttpResponse:
    """Go there first, and remember where to go after."""
    if request.method != "GET":
        return HttpResponseRedirect(reverse(name))
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")

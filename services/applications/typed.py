"""What somebody typed while their session had ended: kept sealed on the server until they have signed in again.

It lies in the new, anonymous session of the same browser and is given back once, on the page where it was typed, to
whoever may open that page. Files are not kept: a photo is still on the phone that took it, and the page says so.
"""

import json
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

from services.foundation import sealing

SESSION_KEY: Final = "applications.typed"
FILES_KEY: Final = "applications.lost_files"
#: Characters; a page of questions is far below.
LONGEST: Final = 60_000
NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken"})


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody who is not signed in to the sign-in page, with what they posted kept; they come back to this page."""
    if request.method == "POST":
        _keep(request)
        if request.FILES:
            request.session[FILES_KEY] = request.path
    return redirect_to_login(request.get_full_path())


def take_back(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before signing in again, once; None where there is nothing."""
    kept = request.session.get(SESSION_KEY)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    try:
        text = sealing.unseal(bytes.fromhex(kept["sealed"]), bound_to=_binding(request.path))
    except sealing.CannotUnseal:
        return None
    fields = QueryDict(mutable=True)
    for name, values in json.loads(text):
        fields.setlist(name, values)
    return fields


def lost_files(request: HttpRequest) -> bool:
    """Whether files were sent to this page while the session had ended; told once."""
    if request.method != "GET" or request.session.get(FILES_KEY) != request.path:
        return False
    del request.session[FILES_KEY]
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was posted now, or typed before signing in again, or nothing."""
    return request.POST if request.method == "POST" else take_back(request)


def _keep(request: HttpRequest) -> None:
    fields = [(name, values) for name, values in request.POST.lists() if name not in NOT_KEPT]
    text = json.dumps(fields)
    if fields and len(text) <= LONGEST:
        sealed = sealing.seal(text, bound_to=_binding(request.path))
        request.session[SESSION_KEY] = {"path": request.path, "sealed": sealed.hex()}


def _binding(path: str) -> str:
    return f"{SESSION_KEY}:{path}"

"""The first page of the portal, and the drawings of its look."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.pages import home as first_page
from services.foundation import clock
from services.government import look as looks
from services.government import queries as government

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One big search, what people need most, the doors, and what the city did this month."""
    context = {
        "needs": first_page.needs(),
        "month": first_page.month_in_numbers(at=clock.now()),
    }
    return render(request, "pages/home.html", context)


@login_not_required
@require_safe
def look(request: HttpRequest, name: str) -> HttpResponse:
    """A drawing of the pack. Its address names its version, so that a browser keeps it until the pack changes."""
    drawings = government.drawings()
    if name not in looks.DRAWINGS or name not in drawings:
        raise Http404
    is_this_version = request.GET.get("v") == drawings["version"]
    headers = {"Cache-Control": KEPT_FOR_GOOD if is_this_version else "no-cache"}
    return HttpResponse(drawings[name], content_type="image/svg+xml", headers=headers)

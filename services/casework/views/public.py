"""Following a case by its reference, for anybody: stations, dates and the office, and nothing about a person."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from services.casework import handlers, outlook, queries
from services.casework import stations as record
from services.casework.forms.citizen import TrackForm
from services.casework.views import rows
from services.foundation import limits
from services.government import queries as government

ACTION = "casework.track"
RATE = "30/m/ip"
TOO_MANY_REQUESTS = 429


@login_not_required
@require_safe
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a reference; a mangled one is told at once, without a look at any case."""
    form = TrackForm(request.GET if "reference" in request.GET else None)
    if form.is_valid():
        return redirect("casework:tracking", form.cleaned_data["reference"])
    return render(request, "casework/track.html", {"form": form})


@login_not_required
@require_safe
@never_cache
def tracking(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the case with this reference is. A draft, and one that never was, are told in the same words."""
    form = TrackForm({"reference": reference})
    if not form.is_valid():
        return render(request, "casework/track.html", {"form": form})
    if not limits.is_within(request, action=ACTION, rate=RATE):
        form.add_error(None, _("You have looked up many references in a short time. Try again in a minute."))
        return render(request, "casework/track.html", {"form": form}, status=TOO_MANY_REQUESTS)
    case = queries.tracking(form.cleaned_data["reference"])
    if case is None:
        form.add_error("reference", _("There is no case with this reference. Check it against your receipt."))
        return render(request, "casework/track.html", {"form": form}, status=404)
    context: dict[str, Any] = {
        "case": case,
        "form": TrackForm(),
        "service": case.title,
        "outlook": outlook.of(case),
        "stations": rows.stations(case, record.told_timeline(case)),
        "office": government.office_contact(case.agency),
        "part": handlers.part(case, handlers.Page.PUBLIC),
    }
    return render(request, "casework/tracking.html", context)

"""The counter: an officer takes a report down on the citizens' own pages, or hands over the way to the confidential door."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from complaints import operations
from complaints.models import TakenHow
from complaints.views.new.entry import draft_of, take_down
from services.accounts.http import CitizenRequest
from services.foundation import clock, pictures
from services.foundation.errors import UnableTo
from services.government import queries as government

COUNTER: Final = "applications:counter"


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: CitizenRequest) -> HttpResponse:
    """Begin a report for whoever stands here or calls, and lead into its pages."""
    how = request.POST.get("how", "")
    if how not in TakenHow.values:
        return redirect(COUNTER)
    try:
        return take_down(request.user, how)
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return redirect(COUNTER)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: CitizenRequest) -> HttpResponse:
    """Forget the report that is being taken down: the person has left, or does not want it."""
    draft = draft_of(request) if request.method == "POST" else None
    if draft is not None and draft.taken_how:
        operations.drop_draft(draft, at=clock.now())
    return redirect(COUNTER)


@require_safe
def confidential(request: HttpRequest) -> HttpResponse:
    """A paper to hand over: where, with whom and how somebody reports a bribe or pressure, without this officer."""
    address = f"{settings.SITE_URL}{reverse('complaints:integrity_new')}"
    context = {"address": address, "qr": pictures.code_of(address), "watchers": government.watchers()}
    return render(request, "complaints/counter/confidential.html", context)

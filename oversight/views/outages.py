"""The public list of the times in which the portal, or a service of it, could not be used."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from services.casework import outages
from services.casework.models import Outage
from services.foundation.pages import keyset_page


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every outage that was not taken back, the latest first: since when, until when, what it did to the dates of citizens."""
    after = request.GET.get("after", "")
    page = keyset_page(Outage.objects.declared(), by=("-begins_at", "-id"), after=after)
    context = {
        "rows": outages.records(page.items),
        "next_url": f"?after={page.next_token}" if page.next_token else "",
        "first_url": "?" if after else "",
    }
    return render(request, "oversight/outages.html", context)

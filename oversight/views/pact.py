"""The public register of those who signed the integrity pact."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oversight import pages
from services.foundation import clock
from services.foundation.pages import keyset_page
from services.integrity.pact import queries as pact

PAGE_SIZE = 100


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The text in force, how many of each office signed, and everybody who did, office by office."""
    now = clock.now()
    offices = pact.counts_by_office(at=now)
    chosen = next((row.agency for row in offices if row.agency.code == request.GET.get("office")), None)
    rows = pact.signatories(at=now, agency=chosen.code if chosen else "")
    after = request.GET.get("after", "")
    page = keyset_page(rows, by=("agency_id", "id"), after=after, size=PAGE_SIZE)
    people, waiting = pact.count(at=now)
    here = {"office": chosen.code if chosen else ""}
    context: dict[str, Any] = {
        "text": pact.current_version(),
        "people": people,
        "waiting": waiting,
        "signed": people - waiting,
        "offices": offices,
        "chosen": chosen,
        "rows": page.items,
        "next_url": f"?{pages.address(**here, after=page.next_token)}" if page.next_token else "",
        "first_url": f"?{pages.address(**here)}" if after else "",
    }
    return render(request, "oversight/pact.html", context)

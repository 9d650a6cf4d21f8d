"""The head's page: reports that nobody has answered in time, and those that were twice called unsolved."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from complaints import policies
from complaints.models import Complaint
from complaints.queries import head
from complaints.views.rows import place_of
from services.accounts import queries as accounts
from services.accounts.http import CitizenRequest
from services.foundation import clock, texts
from services.foundation.pages import keyset_page

PAGE_SIZE = 50


@require_safe
def page(request: CitizenRequest) -> HttpResponse:
    """Both lists, the longest unanswered first; the head of government sees every office's."""
    now = clock.now()
    agencies = policies.heads_of(list(accounts.memberships_of(request.user, at=now)))
    if agencies is not None and not agencies:
        raise Http404
    shows_escalated = request.GET.get("show") == "escalated"
    late, escalated = head.unanswered(agencies=agencies, at=now), head.escalated(agencies=agencies)
    listed, order = (escalated, head.ESCALATED) if shows_escalated else (late, head.LATE)
    shown = keyset_page(listed, by=order, after=request.GET.get("after", ""), size=PAGE_SIZE)
    here = "?show=escalated&" if shows_escalated else "?"
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Reports that wait for an answer"),
        "is_fullwidth": "1",
        "tabs": [
            {
                "label": _("No answer in time"),
                "count": late.count(),
                "href": "?",
                "is_current": not shows_escalated,
            },
            {
                "label": _("Twice not solved"),
                "count": escalated.count(),
                "href": "?show=escalated",
                "is_current": shows_escalated,
            },
        ],
        "rows": [_row(complaint, own=agencies, is_escalated=shows_escalated) for complaint in shown.items],
        "next_url": f"{here}after={shown.next_token}" if shown.next_token else "",
        "first_url": here.rstrip("&") if request.GET.get("after") else "",
    }
    return TemplateResponse(request, "complaints/desk/unanswered.html", context)


def _row(complaint: Complaint, *, own: frozenset[int] | None, is_escalated: bool) -> dict[str, Any]:
    """One report: no person; the file for whoever heads its office, the public page for the head of government."""
    case = complaint.case
    if own is not None:
        href = reverse("admin:casework_case_change", args=[case.reference])
    else:
        href = reverse("complaints:report", args=[case.reference]) if complaint.published_at else ""
    return {
        "reference": case.reference,
        "href": href,
        "title": case.title,
        "place": place_of(complaint),
        "office": texts.local(case.agency.name),
        "status": case.current,
        "since": complaint.escalated_at if is_escalated else complaint.assigned_at,
    }

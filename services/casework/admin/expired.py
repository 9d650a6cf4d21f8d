"""What the inspectorate reads of decisions that nobody took in time: every date that passed, and how its clock ran."""

from datetime import datetime
from typing import Any, Final

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from services.accounts.http import CitizenRequest
from services.casework import expired
from services.casework.models import Expiry
from services.foundation import clock, texts
from services.foundation.pages import keyset_page

LIST: Final = "admin:casework_case_expired"


@require_safe
def page(request: CitizenRequest) -> HttpResponse:
    """The dates that passed, the newest first: all of them, those still undecided, or those granted by law."""
    now = clock.now()
    if not expired.inspects(request.user, at=now):
        raise Http404
    shown = request.GET.get("show", "")
    shown = shown if shown in expired.SHOWN else ""
    kept = f"show={shown}&" if shown else ""
    found = expired.for_inspection(request.user, shown=shown, at=now)
    rows = keyset_page(found, by=("-noted_at", "-id"), after=request.GET.get("after", ""))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Nobody decided in time"),
        "is_fullwidth": "1",
        "tabs": [
            {"label": label, "href": f"?show={name}" if name else "?", "is_current": name == shown}
            for name, label in expired.SHOWN.items()
        ],
        "rows": [_row(expiry, at=now) for expiry in rows.items],
        "next_url": f"?{kept}after={rows.next_token}" if rows.next_token else "",
        "first_url": f"?{kept}" if request.GET.get("after") else "",
    }
    return TemplateResponse(request, "casework/desk/expired.html", context)


def _row(expiry: Expiry, *, at: datetime) -> dict[str, Any]:
    case = expiry.case
    return {
        "expiry": expiry,
        "case": case,
        "office": texts.local(case.agency.short_name),
        "clock": reverse("casework:clock_for_the_office", args=[case.reference]),
        "by_law": expiry.mode == Expiry.Mode.AUTO_ISSUE,
        "days": (clock.local_date(case.decided_at or at) - clock.local_date(expiry.due_at)).days,
    }

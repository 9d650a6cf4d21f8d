"""Reports for everybody: the list, one report, its photos. No person is shown who did not choose it."""

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from complaints import queries
from complaints.models import Complaint
from complaints.queries import public
from complaints.queries.public import Wanted
from complaints.views import rows
from services.documents import responses
from services.foundation import references, texts
from services.foundation.pages import keyset_page
from services.government import queries as government

PAGE_SIZE: Final = 20
STATES: Final = {
    "": gettext_lazy("All"),
    "open": gettext_lazy("Being worked on"),
    "answered": gettext_lazy("Answered"),
    "solved": gettext_lazy("Solved"),
    "ended": gettext_lazy("Ended otherwise"),
}


@login_not_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The published reports, newest first, by district, subject and state."""
    wanted = _wanted(request)
    page = keyset_page(
        public.public_list(wanted), by=public.ORDER, after=request.GET.get("after", ""), size=PAGE_SIZE
    )
    query = {"category": wanted.category, "district": wanted.district, "state": wanted.state}
    here = urlencode({name: value for name, value in query.items() if value})
    context: dict[str, Any] = {
        "wanted": wanted,
        "is_narrowed": bool(here),
        "rows": [rows.row(complaint) for complaint in page.items],
        "categories": _categories(),
        "districts": [_grouped(choice) for choice in government.district_choices()],
        "states": list(STATES.items()),
        "next_url": f"?{here}&after={page.next_token}" if page.next_token else "",
        "first_url": f"?{here}" if request.GET.get("after") else "",
    }
    return render(request, "complaints/list.html", context)


@login_not_required
@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One published report: what was reported, what the office said, where it stands."""
    complaint = _published(reference)
    context = {
        **rows.page_of(complaint),
        "office": government.office_contact(complaint.case.agency),
    }
    return render(request, "complaints/report.html", context)


@login_not_required
@require_safe
def photo(request: HttpRequest, reference: str, document_id: UUID) -> HttpResponseBase:
    """A photo of a published report or of an answer to it, as we have drawn it anew."""
    attached = public.public_photo(_published(reference), document_id)
    sheet = attached.document.sheets.first() if attached else None
    if sheet is None or not sheet.picture:
        raise Http404
    return responses.sheet_picture(sheet)


def _published(reference: str) -> Complaint:
    """The published report; everything else is 404, as what never was."""
    found = references.look_up(reference, public.public_report)
    if found is None:
        raise Http404
    return found


def _wanted(request: HttpRequest) -> Wanted:
    asked = {name: request.GET.get(name, "")[:60] for name in ("category", "district", "state")}
    return Wanted(**asked | {"state": asked["state"] if asked["state"] in STATES else ""})


def _grouped(choice: government.DistrictChoice) -> tuple[str, list[tuple[str, str]]]:
    """A district by itself under no heading, or a regency or city with those in it."""
    first, second = choice
    return ("", [(first, second)]) if isinstance(second, str) else (first, second)


def _categories() -> list[tuple[str, list[tuple[str, str]]]]:
    """The subjects by group, for the filter; those that are always confidential are never in the list."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for category in queries.listed_categories().filter(is_confidential=False):
        group = groups.setdefault(texts.local(category.group_name), [])
        group.append((category.code, texts.local(category.name)))
    return list(groups.items())

"""An inspection for whoever applied: its appointment as a calendar file, another time, the minutes and photos."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.http import CitizenRequest, with_refusal
from services.casework import icalendar, inspections, operations
from services.casework.forms.inspections import WishForm
from services.casework.inspections import Inspection
from services.casework.models import Case
from services.casework.views.citizen import own_case
from services.casework.views.gone import gone
from services.documents import responses
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.government import queries as government


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def another_time(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """Ask once for another day than the one that the office named."""
    case, held = _inspection(request, reference, key)
    if not inspections.may_ask(held, at=clock.now()):
        if request.method == "POST" and not held.asked:
            return gone(request, case, WishForm(request.POST))
        messages.info(request, _("Another time cannot be asked for any more."))
        return redirect("casework:case", case.reference)
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_for_another_time(
                case, actor=request.user, key=key, at=clock.now(), **form.cleaned_data
            )
        except UnableTo as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(
                request, _("Your wish was sent. Until the office names another time, this one holds.")
            )
            return redirect("casework:case", case.reference)
    shown = {"case": case, "inspection": held, "form": form, "office": government.office_contact(case.agency)}
    return render(request, "casework/another_time.html", shown)


@require_safe
@never_cache
def calendar(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """The appointment that holds, for a calendar."""
    _case, held = _inspection(request, reference, key)
    if held.latest is None:
        raise Http404
    return icalendar.download(held.latest, held.review, host=request.get_host())


@require_safe
@never_cache
def minutes(request: CitizenRequest, reference: str, key: str) -> HttpResponseBase:
    """The sealed minutes, as a download."""
    _case, held = _inspection(request, reference, key)
    if held.paper is None or not held.paper.is_signed:
        raise Http404
    return responses.certificate(held.paper)


@require_safe
@never_cache
def photo(request: CitizenRequest, reference: str, key: str, number: UUID) -> HttpResponseBase:
    """A photo that the minutes name, once they are signed."""
    case, held = _inspection(request, reference, key)
    noted = inspections.photo_of(case, key, number) if held.minutes else None
    if noted is None or noted.photo is None:
        raise Http404
    return responses.sheet_picture(noted.photo)


def _inspection(request: CitizenRequest, reference: str, key: str) -> tuple[Case, Inspection]:
    """An inspection of the reader's own case; 404 for everything else."""
    case = own_case(request, reference)
    held = inspections.of_review(case, key) if case.service_version.parsed.reviews else None
    if held is None or not held.review.is_inspection:
        raise Http404
    return case, held

"""The citizen objects to a decision, gets a receipt, and reads the answer: one address for all three."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from services.accounts.http import CitizenRequest
from services.casework import capacity, clocks, handlers, letters, objecting, stale, timeline
from services.casework.forms.citizen import ObjectionForm
from services.casework.models import Case, Objection
from services.casework.objecting import Open
from services.casework.views.citizen import own_case
from services.casework.views.gone import gone
from services.foundation import clock
from services.foundation.errors import UnableTo


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def objection(request: CitizenRequest, reference: str) -> HttpResponse:
    """The form while one may object; afterwards the receipt, with the answer once there is one."""
    case = own_case(request, reference)
    at = clock.now()
    open_now = objecting.open_to(case, request.user, at=at)
    if open_now is None:
        found = objecting.objection_of(case)
        if found is not None and request.method != "POST":
            return _receipt(request, case, found)
        if found is None:
            return gone(request, case, ObjectionForm(request.POST) if request.method == "POST" else None)
        return redirect("casework:objection", case.reference)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ObjectionForm(*sent, initial={"version": case.row_version}, conditions=open_now.what.conditions)
    if form.is_valid() and _carried_out(request, case, open_now, form, at=at):
        messages.success(request, _("Your objection was received."))
        return redirect("casework:objection", case.reference)
    shown = {"case": case, "form": form, "open": open_now, "answer_by": _answer_by(at)}
    return render(request, "casework/objection.html", shown)


def _carried_out(
    request: CitizenRequest, case: Case, open_now: Open, form: ObjectionForm, *, at: datetime
) -> bool:
    values = form.cleaned_data
    try:
        handlers.handler(case, open_now.road.name)(
            case,
            actor=request.user,
            words=values["words"],
            conditions=values.get("conditions", ()),
            uploads=values["upload"],
            at=at,
            expected_version=values.get("version"),
        )
    except UnableTo as refusal:
        stale.refuse(form, refusal, case=case, history=timeline.for_citizen)
        return False
    return True


def _receipt(request: CitizenRequest, case: Case, found: Objection) -> HttpResponse:
    shown = {
        "case": case,
        "objection": found,
        "appeal_until": letters.appeal_until(found),
        "answered_by_mandate": capacity.of_answer(found),
    }
    return render(request, "casework/objection_receipt.html", shown)


def _answer_by(at: datetime) -> datetime:
    return clocks.given_until(clocks.TIME_TO_ANSWER_OBJECTION, at)

"""The citizen asks that a person looks at what the system decided, gets a receipt, and reads what was found: one address."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from services.accounts.http import CitizenRequest
from services.casework import looking_again, operations, stale, timeline
from services.casework.forms.citizen import PersonForm
from services.casework.models import Case
from services.casework.views.citizen import own_case
from services.casework.views.gone import gone
from services.foundation import clock
from services.foundation.errors import UnableTo


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person(request: CitizenRequest, reference: str) -> HttpResponse:
    """The button while one may ask; afterwards the receipt, with the answer once there is one."""
    case = own_case(request, reference)
    at = clock.now()
    if not looking_again.may_ask(case, request.user, at=at):
        look = looking_again.asked_of(case)
        if look is not None and request.method != "POST":
            shown = {"case": case, "look": look, "answer_by": looking_again.answer_by(look)}
            return render(request, "casework/person_receipt.html", shown)
        if look is None:
            return gone(request, case, PersonForm(request.POST) if request.method == "POST" else None)
        return redirect("casework:person", case.reference)
    sent = request.POST if request.method == "POST" else None
    form = PersonForm(sent, initial={"version": case.row_version})
    if form.is_valid() and _carried_out(request, case, form, at=at):
        messages.success(request, _("A person will look at it. You are told what they find."))
        return redirect("casework:person", case.reference)
    shown = {"case": case, "form": form, "until": operations.may_be_asked_until(case)}
    return render(request, "casework/person.html", shown)


def _carried_out(request: CitizenRequest, case: Case, form: PersonForm, *, at: datetime) -> bool:
    values = form.cleaned_data
    try:
        operations.ask_for_a_person(
            case,
            actor=request.user,
            words=values["words"],
            at=at,
            expected_version=values.get("version"),
        )
    except UnableTo as refusal:
        stale.refuse(form, refusal, case=case, history=timeline.for_citizen)
        return False
    return True

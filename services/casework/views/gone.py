"""A page of the citizen's that is not open any longer: where the case stands now, and what was typed, so that nothing is lost."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from services.casework import stale, timeline
from services.casework.models import Case
from services.government import queries as government


def gone(request: HttpRequest, case: Case, form: Form | None = None) -> HttpResponse:
    """Lead to the case; where something was typed into the `form` of an old page, show it with what changed since."""
    typed = stale.typed_in(form) if form is not None else []
    if not typed:
        messages.info(request, _("This is not open any more. Here is where your case stands now."))
        return redirect("casework:case", case.reference)
    seen = request.POST.get("version", "")
    since = (
        stale.what_changed(case, since=int(seen), history=timeline.for_citizen) if seen.isdecimal() else ""
    )
    context = {"case": case, "typed": typed, "since": since, "office": government.office_contact(case.agency)}
    return render(request, "casework/gone.html", context, status=HTTPStatus.CONFLICT)

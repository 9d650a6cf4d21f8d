"""Rulings of courts at the desk: entered with their paper by one person, confirmed or sent back by a second one."""

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.http import CitizenRequest, with_refusal
from services.casework import operations, rulings
from services.casework.forms.rulings import RulingForm, SendBackForm
from services.casework.models import Ruling
from services.documents import responses
from services.foundation import clock
from services.foundation.errors import UnableTo

PAGE: Final = "admin:casework_case_rulings"
ONE: Final = "admin:casework_case_ruling"
#: Courts rule seldom; older ones stand on their cases.
SHOWN: Final = 50


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest) -> HttpResponse:
    """What waits for a second person, what was confirmed lately, and the form to enter a ruling."""
    if not rulings.is_for(request.user):
        raise Http404
    now = clock.now()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RulingForm(*sent, prefix="ruling", initial={"reference": request.GET.get("case", "")})
    if form.is_valid() and _entered(request, form):
        messages.success(request, _("The ruling is entered. A second person confirms it."))
        return redirect(PAGE)
    found = list(rulings.of_offices(request.user, at=now)[:SHOWN])
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Rulings of courts"),
        "waiting": [row for row in found if row.is_open],
        "known": [row for row in found if not row.is_open],
        "form": form,
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "casework/desk/rulings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: CitizenRequest, pk: int) -> HttpResponse:
    """One ruling before a second person: confirm it, or say what is wrong."""
    ruling = _ruling(request, pk)
    is_sending_back = request.method == "POST" and "back" in request.POST
    form: forms.Form = SendBackForm(request.POST if is_sending_back else None, prefix="back")
    refused: list[forms.Form] = [form] if form.errors else []
    if request.method == "POST" and not form.errors:
        refusal = _looked_at(request, ruling, form if is_sending_back else None)
        if refusal is None:
            return redirect(PAGE)
        with_refusal(form, refusal)
        refused = [form]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Ruling on %(reference)s") % {"reference": ruling.case.reference},
        "ruling": ruling,
        "is_own": ruling.entered_by_id == request.user.pk,
        "form": form,
        "refused": refused,
    }
    return TemplateResponse(request, "casework/desk/ruling.html", context)


@require_safe
def paper(request: CitizenRequest, pk: int) -> HttpResponseBase:
    """The ruling itself, as a download."""
    ruling = _ruling(request, pk)
    if not ruling.document.is_ready:
        raise Http404
    return responses.document(ruling.document)


def _ruling(request: CitizenRequest, pk: int) -> Ruling:
    found = None
    if rulings.is_for(request.user):
        found = rulings.of_offices(request.user, at=clock.now()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _entered(request: CitizenRequest, form: RulingForm) -> bool:
    case = rulings.case_to_rule(request.user, form.cleaned_data["reference"], at=clock.now())
    if case is None:
        form.add_error("reference", _("Your office has decided no case with this reference."))
        return False
    try:
        operations.enter_ruling(
            case,
            actor=request.user,
            ruled=form.ruled(),
            uploads=[form.cleaned_data["upload"]],
            at=clock.now(),
        )
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return False
    return True


def _looked_at(request: CitizenRequest, ruling: Ruling, back: forms.Form | None) -> UnableTo | None:
    """Confirm, or send back with the words of the form; returns what kept it from being done."""
    try:
        if back is None:
            operations.confirm_ruling(ruling, actor=request.user, at=clock.now())
            messages.success(request, _("The ruling is confirmed. The applicant is told."))
        else:
            words = back.cleaned_data["words"]
            operations.send_ruling_back(ruling, actor=request.user, words=words, at=clock.now())
            messages.success(request, _("The entry was sent back."))
    except UnableTo as refusal:
        return refusal
    return None

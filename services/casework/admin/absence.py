"""Days away: an officer's own, and those that a supervisor declares for somebody of the team."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from services.accounts import queries as accounts
from services.accounts.http import CitizenRequest, with_refusal
from services.accounts.models import Absence, User
from services.casework import operations, policies
from services.casework.admin import acting
from services.casework.forms.absence import AbsenceForm
from services.foundation import clock
from services.foundation.errors import UnableTo

OWN: Final = "casework:absence"
OF: Final = "casework:absence_of"


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: CitizenRequest) -> HttpResponse:
    """My own days away; this is also where whoever is back says so."""
    return _page(request, request.user, back=reverse("admin:index"))


@require_http_methods(["GET", "HEAD", "POST"])
def of_member(request: CitizenRequest, officer: int) -> HttpResponse:
    """The days on which an officer of the team is away; 404 for whoever has no say in it."""
    member = get_object_or_404(User, pk=officer, is_active=True)
    try:
        operations.require_word_on_absence(request.user, member, clock.now())
    except policies.UnableToAct as refusal:
        if refusal.code == "hat":
            raise Http404 from refusal
    return _page(request, member, back=reverse("casework:team"))


def _page(request: CitizenRequest, officer: User, *, back: str) -> HttpResponse:
    now = clock.now()
    form = AbsenceForm(request.POST if request.method == "POST" and "end" not in request.POST else None)
    if request.method == "POST" and _done(request, officer, form, at=now):
        return redirect(request.path)
    is_own = officer.pk == request.user.pk
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("My days away") if is_own else officer.get_full_name(),
        "is_own": is_own,
        "absences": list(accounts.absences_to_come(officer, at=now)),
        "form": form,
        "back": back,
        "acting_href": acting.for_holder(request.user, officer, at=now),
    }
    return TemplateResponse(request, "casework/desk/absence.html", context)


def _done(request: CitizenRequest, officer: User, form: forms.Form, *, at: datetime) -> bool:
    """Whether what was pressed was carried out; if not, the form or a message says why."""
    if "end" in request.POST:
        return _ended(request, officer, at=at)
    if not form.is_valid():
        return False
    try:
        absence = operations.declare_absence(officer=officer, actor=request.user, at=at, **form.cleaned_data)
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return False
    begun = _("It is declared. The files went back into the queue with their places.")
    messages.success(
        request, begun if absence.begun_at else _("It is declared. The files stay until that day.")
    )
    return True


def _ended(request: CitizenRequest, officer: User, *, at: datetime) -> bool:
    wanted = request.POST["end"]
    absence = get_object_or_404(Absence, pk=wanted if wanted.isdecimal() else 0, officer=officer)
    try:
        operations.end_absence(absence, actor=request.user, at=at)
    except UnableTo as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It has ended. New files can be taken again."))
    return True

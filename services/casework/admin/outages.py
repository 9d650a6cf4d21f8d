"""Outages on the desk: declared, ended and confirmed at the head of the government; every supervisor reads them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from services.accounts.http import CitizenRequest, with_refusal
from services.casework import operations, outages, queries
from services.casework.forms.outages import DeclareForm, EndForm, ReasonForm
from services.casework.models import Outage
from services.casework.operations.outages import may_say
from services.catalogue.models import Service
from services.foundation import clock, texts
from services.foundation.errors import UnableTo
from services.foundation.pages import keyset_page

PERMISSION: Final = "casework.view_outage"
PAGE: Final = "casework:outages"
ONE: Final = "casework:outage"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest) -> HttpResponse:
    """What is out of service and what was, the latest first; and the form for whoever declares."""
    now = clock.now()
    form = _declare_form(request) if may_say(request.user, now) else None
    if request.method == "POST" and form and form.is_valid():
        outage = _declared(form, request, at=now)
        if outage is not None:
            return redirect(ONE, outage.pk)
    found = keyset_page(Outage.objects.all(), by=("-begins_at", "-id"), after=request.GET.get("after", ""))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Outages"),
        "rows": [_line(record) for record in outages.records(found.items)],
        "next_token": found.next_token,
        "form": form,
    }
    return TemplateResponse(request, "casework/desk/outages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: CitizenRequest, outage: int) -> HttpResponse:
    """One outage: this is where it ends, is confirmed by a second person, taken back, or called wrong."""
    now = clock.now()
    named = {f"{role}_name": queries.name_of(f"{role}_by") for role in ("declared", "ended", "confirmed")}
    found = get_object_or_404(Outage.objects.annotate(**named), pk=outage)
    asked = request.POST.get("act", "") if request.method == "POST" else ""
    end = EndForm(request.POST if asked == "end" else None, initial={"ends_at": now})
    reason = ReasonForm(request.POST if asked in {"withdraw", "correct"} else None)
    if asked and _changed(request, found, asked, end if asked == "end" else reason, at=now):
        return redirect(ONE, found.pk)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Outage"),
        "row": _line(*outages.records([found])),
        "outage": found,
        "says": may_say(request.user, now),
        "waits": found.ends_at and not found.confirmed_at and not found.withdrawn_at,
        "is_second": request.user.pk != found.ended_by_id,
        "end": end,
        "reason": reason,
    }
    return TemplateResponse(request, "casework/desk/outage.html", context)


def _declare_form(request: CitizenRequest) -> DeclareForm:
    services = Service.objects.order_by("slug")
    return DeclareForm(
        request.POST if request.method == "POST" else None,
        services=[(row.slug, texts.local(row.name)) for row in services],
    )


def _declared(form: DeclareForm, request: CitizenRequest, *, at: datetime) -> Outage | None:
    """The outage that was declared; None where the form says why not."""
    said = form.cleaned_data
    try:
        outage = operations.declare_outage(
            actor=request.user,
            begins_at=said["begins_at"],
            ends_at=said["ends_at"],
            services=said["services"],
            words={"id": said["words_id"], "en": said["words_en"]},
            at=at,
        )
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return None
    messages.success(request, _("It is declared. No date that it touches runs out until it is settled."))
    return outage


def _changed(request: CitizenRequest, outage: Outage, asked: str, form: forms.Form, *, at: datetime) -> bool:
    """Whether what was asked has been done; if not, the form or a message says why."""
    if asked != "confirm" and not form.is_valid():
        return False
    acts: dict[str, Callable[[], Outage]] = {
        "end": lambda: operations.end_outage(
            outage, actor=request.user, ends_at=form.cleaned_data["ends_at"], at=at
        ),
        "confirm": lambda: operations.confirm_outage(outage, actor=request.user, at=at),
        "withdraw": lambda: operations.withdraw_outage(
            outage, actor=request.user, reason=form.cleaned_data["reason"], at=at
        ),
        "correct": lambda: operations.correct_outage(
            outage, actor=request.user, words=form.cleaned_data["reason"], at=at
        ),
    }
    done = {
        "end": _("Its end is noted. It waits for a second person."),
        "confirm": _("It is confirmed. The dates of citizens move now."),
        "withdraw": _("It is taken back."),
        "correct": _("The correction is noted. No date has changed."),
    }
    if asked not in acts:
        return False
    try:
        acts[asked]()
    except UnableTo as refusal:
        if refusal.field in form.fields:
            with_refusal(form, refusal)
        else:
            messages.error(request, refusal.message)
        return False
    messages.success(request, done[asked])
    return True


def _line(record: outages.Record) -> dict[str, Any]:
    outage = record.outage
    return {
        "outage": outage,
        "services": record.services,
        "state": _state(outage),
        "href": reverse(ONE, args=[outage.pk]),
    }


def _state(outage: Outage) -> tuple[str, str]:
    """Tone and words of where it stands."""
    if outage.withdrawn_at:
        return "closed", _("Taken back")
    if outage.is_running:
        return "refused", _("It lasts")
    if outage.confirmed_at is None:
        return "waiting", _("Waits for a second person")
    return ("done", _("Settled")) if outage.moved_at else ("working", _("Dates are moving"))

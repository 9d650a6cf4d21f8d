"""Acting officials: who acts in whose post by which letter, given, confirmed and taken back by heads and supervisors."""

from datetime import datetime
from typing import Any, Final

from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts import queries as accounts
from services.accounts.http import CitizenRequest, with_refusal
from services.accounts.models import Hat, Membership, User
from services.accounts.models.mandate import POSTS
from services.casework import capacity, operations, queries
from services.casework.forms.mandates import EndForm, MandateForm
from services.casework.operations.mandates import offices_of
from services.catalogue.models import Service
from services.documents import queries as documents
from services.documents import responses
from services.foundation import clock, texts
from services.foundation.errors import UnableTo
from services.government import queries as government
from services.government.models import Agency

PERMISSION: Final = "accounts.view_mandate"
PAGE: Final = "casework:acting"
ONE: Final = "casework:mandate"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest) -> HttpResponse:
    """Who acts now, from a day to come, or waits for a second person; and the form for whoever may give a mandate."""
    now = clock.now()
    led = offices_of(request.user, at=now)
    wanted = request.GET.get("agency", "")
    agency = next((row for row in led if row.code == wanted), led[0] if led and not wanted else None)
    form = _form(request, agency, at=now) if agency else None
    if (
        request.method == "POST"
        and agency
        and form
        and form.is_valid()
        and _given(form, request, agency, at=now)
    ):
        return redirect(f"{reverse(PAGE)}?agency={agency.code}")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Acting officials"),
        "rows": [_line(row) for row in _visible(request.user, at=now)],
        "agency": agency,
        "led": [(row.code, texts.local(row.short_name)) for row in led],
        "form": form,
    }
    return TemplateResponse(request, "casework/desk/acting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: CitizenRequest, mandate: int) -> HttpResponse:
    """One mandate with its letter; this is where a second person confirms it, and where it ends."""
    now = clock.now()
    worn = _found(request.user, mandate, at=now)
    form = EndForm(request.POST if request.method == "POST" and "confirm" not in request.POST else None)
    if request.method == "POST" and _changed(request, worn, form, at=now):
        return redirect(PAGE)
    letter = documents.letter_of(worn.mandate.letter)
    waits = worn.state == Membership.State.PROPOSED
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": worn.mandate.title,
        "row": _line(worn),
        "letter": letter if letter and letter.is_ready else None,
        "can_confirm": waits and request.user.pk not in {worn.granted_by_id, worn.user_id},
        "form": form,
    }
    return TemplateResponse(request, "casework/desk/mandate.html", context)


@require_safe
def letter(request: CitizenRequest, mandate: int) -> HttpResponseBase:
    """The letter as a download."""
    worn = _found(request.user, mandate, at=clock.now())
    found = documents.letter_of(worn.mandate.letter)
    if found is None or not found.is_ready:
        raise Http404
    return responses.document(found)


def for_holder(reader: User, holder: User, *, at: datetime) -> str:
    """Where this reader names somebody who acts for an officer who holds a post; "" where they give no mandate for it."""
    led = {agency.pk for agency in offices_of(reader, at=at)}
    posts = accounts.memberships_of(holder, at=at).filter(hat__in=POSTS, agency__in=led)
    held = posts.exclude(origin=Membership.Origin.MANDATE).first()
    return f"{reverse(PAGE)}?agency={held.agency.code}&holder={holder.pk}" if held else ""


def _visible(user: User, *, at: datetime) -> QuerySet[Membership]:
    """The mandates of the offices of this reader: an auditor's are all, an administrator's those they administer."""
    if Hat.AUDITOR in user.hats_today:
        offices = set(government.agencies().values_list("pk", flat=True))
    else:
        offices = {agency.pk for agency in offices_of(user, at=at)}
        offices |= set(accounts.agencies_administered_by(user, at=at).values_list("pk", flat=True))
    named = accounts.mandates_of(offices, at=at)
    return named.annotate(name=queries.name_of("user"), held_by=queries.name_of("mandate__holder"))


def _found(user: User, pk: int, *, at: datetime) -> Membership:
    worn = _visible(user, at=at).filter(pk=pk).first()
    if worn is None:
        raise Http404
    return worn


def _form(request: CitizenRequest, agency: Agency, *, at: datetime) -> MandateForm:
    worn = list(accounts.on_duty([agency.pk], hats=Hat.values, at=at))
    officers = {str(row.user_id): row.name or "" for row in worn if row.user_id != request.user.pk}  # type: ignore[attr-defined]
    holders = {
        str(row.user_id): row.name or ""  # type: ignore[attr-defined]
        for row in worn
        if row.hat in POSTS and row.origin != Membership.Origin.MANDATE
    }
    services = Service.objects.filter(agency=agency).order_by("slug")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return MandateForm(
        *sent,
        initial={"holder": request.GET.get("holder", ""), "kind": "PLH" if "holder" in request.GET else None},
        officers=sorted(officers.items(), key=lambda pair: pair[1]),
        holders=sorted(holders.items(), key=lambda pair: pair[1]),
        services=[(row.slug, texts.local(row.name)) for row in services],
    )


def _given(form: MandateForm, request: CitizenRequest, agency: Agency, *, at: datetime) -> bool:
    """Whether the mandate was given; if not, the form says why."""
    said = form.cleaned_data
    upload: UploadedFile[bytes] = said["upload"]
    try:
        worn = operations.give_mandate(
            officer=User.objects.get(pk=said["officer"]),
            agency=agency,
            holder=User.objects.get(pk=said["holder"]) if said["holder"] else None,
            letter=operations.Letter(said["letter_number"], said["letter_date"], upload),
            actor=request.user,
            at=at,
            **{name: said[name] for name in ("hat", "kind", "post", "services", "first_date", "last_date")},
        )
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return False
    waits = worn.state == Membership.State.PROPOSED
    messages.success(request, _("It waits for a second person.") if waits else _("The mandate is given."))
    return True


def _changed(request: CitizenRequest, worn: Membership, form: EndForm, *, at: datetime) -> bool:
    """Whether it was confirmed or ended; if not, the form or a message says why."""
    try:
        if "confirm" in request.POST:
            operations.confirm_mandate(worn, actor=request.user, at=at)
            messages.success(request, _("The mandate is confirmed."))
        elif form.is_valid():
            operations.end_mandate(worn, actor=request.user, reason=form.cleaned_data["reason"], at=at)
            messages.success(request, _("The mandate has ended."))
        else:
            return False
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return False
    return True


def _line(worn: Membership) -> dict[str, Any]:
    return {
        "worn": worn,
        "mandate": worn.mandate,
        "services": capacity.reaches(worn),
        "waits": worn.state == Membership.State.PROPOSED,
        "href": reverse(ONE, args=[worn.pk]),
    }

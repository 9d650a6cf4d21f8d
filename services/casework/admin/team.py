"""My team: what lies on whose desk, and the supervisor's hand that moves it."""

from datetime import datetime
from typing import Any, Final

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.http import CitizenRequest, with_refusal
from services.accounts.models import User
from services.casework import operations, reviews, team, workload
from services.casework.admin import words
from services.casework.admin.queue import row as line_of
from services.casework.forms.team import QUEUE, HandOverForm
from services.casework.team import Member
from services.casework.workload import Office
from services.foundation import clock, texts
from services.foundation.errors import UnableTo
from services.government.models import Agency

PERMISSION: Final = "casework.view_team"
PAGE: Final = "casework:team"
MEMBER: Final = "casework:team_member"
#: More files than these lie on no desk; the first are the most urgent.
SHOWN: Final = 200


@require_safe
def page(request: CitizenRequest) -> HttpResponse:
    """Each officer of the agency with what lies on the desk, and what the month has brought."""
    now = clock.now()
    office, agency, led = _led(request, at=now)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("My team"),
        "is_fullwidth": "1",
        "agency": agency,
        "led": [(row.code, texts.local(row.short_name)) for row in led],
        "members": [
            _line(member, agency, at=now) for member in team.members_of(agency, office=office, at=now)
        ],
    }
    return TemplateResponse(request, "casework/desk/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: CitizenRequest, officer: int) -> HttpResponse:
    """The files of one officer, and the form by which they go elsewhere."""
    now = clock.now()
    office, agency, _several = _led(request, at=now)
    members = team.members_of(agency, office=office, at=now)
    shown = next((row for row in members if row.user_id == officer), None)
    if shown is None:
        raise Http404
    files = list(team.files_of(agency, officer, office=office)[:SHOWN])
    others = [
        (str(row.user_id), f"{row.name} ({', '.join(row.hats)})")
        for row in team.could_take_from(shown, members)
    ]
    sent = request.POST if request.method == "POST" else None
    held = list(reviews.all_on_desk(User(pk=officer)).filter(agency=agency)[:SHOWN])
    names = [case.reference for case in files] + [f"{row.case.reference}/{row.key}" for row in held]
    form = HandOverForm(sent, files=names, officers=others)
    if request.method == "POST" and form.is_valid():
        moved = _moved(form, request.user, agency, at=now)
        if moved:
            told = ngettext(
                "%(count)d file was moved: %(where)s.", "%(count)d files were moved: %(where)s.", moved
            )
            where = dict(others).get(form.cleaned_data["to"], _("Back to the queue"))
            messages.success(request, told % {"count": moved, "where": where})
            return redirect(_address(MEMBER, agency, officer))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": shown.name,
        "is_fullwidth": "1",
        "member": _line(shown, agency, at=now),
        "rows": [line_of(case, office=office, at=now) for case in files],
        "reviews": held,
        "chosen": request.POST.getlist("chosen"),
        "form": form,
        "team_href": _address(PAGE, agency),
        "month_href": _address("casework:member_month", agency, officer),
        "absence_href": reverse("casework:absence_of", args=[officer]),
    }
    return TemplateResponse(request, "casework/desk/member.html", context)


def _led(request: CitizenRequest, *, at: datetime) -> tuple[Office, Agency, list[Agency]]:
    """The office of the reader and the agency whose team is asked for; 404 where they supervise none."""
    led = team.led_by(request.user, at=at)
    wanted = request.GET.get("agency", "")
    agency = next((row for row in led if row.code == wanted), led[0] if led and not wanted else None)
    if agency is None:
        raise Http404
    return workload.office_of(request.user, at=at), agency, led


def _moved(form: HandOverForm, actor: User, agency: Agency, *, at: datetime) -> int:
    """How many files were moved; none where that was refused, and the form says why."""
    said, to = form.cleaned_data, form.cleaned_data["to"]
    how: dict[str, Any] = {
        "actor": actor,
        "agency": agency,
        "to": None if to == QUEUE else User.objects.get(pk=to),
        "reason_code": said["reason_code"],
        "words": said["words"],
        "at": at,
    }
    branches = [name for name in said["chosen"] if "/" in name]
    files = [name for name in said["chosen"] if "/" not in name]
    try:
        with transaction.atomic():
            moved = operations.hand_over(files, **how) if files else 0
            return moved + (operations.hand_over_reviews(branches, **how) if branches else 0)
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return 0


def _line(member: Member, agency: Agency, *, at: datetime) -> dict[str, Any]:
    oldest = words.since(member.oldest_at, at=at) if member.oldest_at else ""
    return {"is": member, "href": _address(MEMBER, agency, member.user_id), "oldest": oldest}


def _address(name: str, agency: Agency, *args: int) -> str:
    return f"{reverse(name, args=args)}?agency={agency.code}"

"""My month: what it brought, for the officer alone; and for the supervisor, one officer at a time, on record."""

from datetime import date
from typing import Any, Final

from django.contrib import admin
from django.http import Http404, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from services.accounts.http import CitizenRequest
from services.accounts.models import User
from services.casework import month, team, workflow
from services.casework.admin.team import MEMBER
from services.casework.month import Month
from services.foundation import clock, months, sheets
from services.government.models import Agency

PAGE: Final = "casework:month"
OF_A_MEMBER: Final = "casework:member_month"
HEAD: Final = (
    gettext_lazy("Service"),
    gettext_lazy("Taken"),
    gettext_lazy("Done"),
    gettext_lazy("Of these in time"),
    gettext_lazy("Given back to the applicant"),
)


def is_for(user: User) -> bool:
    """Whether this user works a queue, and so has months to look back on."""
    return bool(user.hats_today & workflow.queued_hats())


@require_safe
def page(request: CitizenRequest) -> HttpResponseBase:
    """The month on a page of the desk, with the looks of others at it."""
    first = _asked(request)
    found = _own(request, first)
    looks = month.looks_at(request.user, first=first)
    return _page(request, found, title=_("My month"), here=PAGE, looks=looks)


@require_safe
def sheet(request: CitizenRequest) -> HttpResponseBase:
    """The month as a sheet."""
    return _sheet(_own(request, _asked(request)))


@require_safe
def paper(request: CitizenRequest) -> HttpResponseBase:
    """The month as a page to print."""
    found = _own(request, _asked(request))
    return _paper(request, found, name=request.user.get_full_name())


@require_safe
def member_page(request: CitizenRequest, officer: int) -> HttpResponseBase:
    """The month of one officer of the team."""
    member, agency = _member(request, officer)
    found = _of_a_member(request, member, agency)
    more = {"team_href": f"{reverse(MEMBER, args=[officer])}?agency={agency.code}", "agency": agency}
    return _page(request, found, title=member.get_full_name(), here=OF_A_MEMBER, officer=officer, **more)


@require_safe
def member_sheet(request: CitizenRequest, officer: int) -> HttpResponseBase:
    """The same as a sheet."""
    return _sheet(_of_a_member(request, *_member(request, officer), is_export=True))


@require_safe
def member_paper(request: CitizenRequest, officer: int) -> HttpResponseBase:
    """The same to print."""
    member, agency = _member(request, officer)
    return _paper(request, _of_a_member(request, member, agency, is_export=True), name=member.get_full_name())


def _asked(request: CitizenRequest) -> date:
    return months.chosen(request.GET.get("month", ""), today=clock.today())


def _own(request: CitizenRequest, first: date) -> Month:
    if not is_for(request.user):
        raise Http404
    return month.month_of(request.user, first=first)


def _member(request: CitizenRequest, officer: int) -> tuple[User, Agency]:
    """The officer, and the agency in which the reader supervises them; 404 for anybody else."""
    now = clock.now()
    wanted = request.GET.get("agency", "")
    for agency in team.led_by(request.user, at=now):
        if wanted not in {"", agency.code}:
            continue
        member = team.member_of(agency, officer, at=now)
        if member is not None:
            return member, agency
    raise Http404


def _of_a_member(request: CitizenRequest, member: User, agency: Agency, *, is_export: bool = False) -> Month:
    """The month of an officer before their supervisor; the look is on record before anything is shown."""
    first = _asked(request)
    month.record_look(
        member, reader=request.user, agency=agency, first=first, at=clock.now(), is_export=is_export
    )
    return month.month_of(member, first=first, agency=agency)


def _page(request: CitizenRequest, found: Month, *, title: str, here: str, **more: Any) -> HttpResponseBase:
    args = [more["officer"]] if "officer" in more else []
    query = f"?month={found.first:%Y-%m}" + (f"&agency={more['agency'].code}" if "agency" in more else "")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": title,
        "is_fullwidth": "1",
        "found": found,
        "head": HEAD,
        "months": months.choices(clock.today()),
        "sheet_href": reverse(f"{here}_sheet", args=args) + query,
        "paper_href": reverse(f"{here}_paper", args=args) + query,
        **more,
    }
    return TemplateResponse(request, "casework/desk/month.html", context)


def _sheet(found: Month) -> HttpResponseBase:
    rows = [(line.service, *line.numbers) for line in found.lines]
    return sheets.csv_of(f"month-{found.first:%Y-%m}", HEAD, rows)


def _paper(request: CitizenRequest, found: Month, *, name: str) -> HttpResponseBase:
    context = {
        "found": found,
        "head": HEAD,
        "named": months.name(found.first),
        "name": name,
        "printed_at": clock.now(),
    }
    return TemplateResponse(request, "casework/desk/month_paper.html", context)

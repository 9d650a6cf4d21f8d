"""The queue: what an officer can act on, in the order in which it was promised; and the way to take the next one."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from services.accounts.http import CitizenRequest
from services.accounts.models import Hat
from services.casework import finding, operations, outlook, workload
from services.casework.admin import words
from services.casework.admin.asked import VIEWS, Asked, asked, cases, choices
from services.casework.admin.kept import kept
from services.casework.models import Case
from services.casework.workload import Counts, Office
from services.foundation import clock, texts
from services.foundation.errors import UnableTo
from services.foundation.pages import keyset_page

QUEUE = "admin:casework_case_changelist"
FILE = "admin:casework_case_change"
PAGE_SIZE = 50


@require_safe
def queue(request: CitizenRequest) -> HttpResponse:
    """The list of cases. Drafts are in none of its views."""
    now = clock.now()
    office = workload.office_of(request.user, at=now)
    wanted = asked(request.GET, office)
    page = keyset_page(
        cases(office, wanted, at=now),
        by=workload.ORDER,
        after=wanted.after,
        before=wanted.before,
        size=PAGE_SIZE,
    )
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Queue"),
        "is_fullwidth": "1",
        "asked": wanted,
        "tabs": _tabs(office, wanted, workload.counts(office, at=now)),
        "filters": choices(office, wanted),
        "kept": kept(request.user, wanted),
        "rows": [row(case, office=office, at=now) for case in page.items],
        "names_people": office.names_people,
        **taking(office),
        "lacks_pact": office.lacks_pact,
        "away_until": office.away_until,
        "next_url": wanted.address(after=page.next_token) if page.next_token else "",
        "previous_url": wanted.address(before=page.previous_token) if page.previous_token else "",
        "first_url": wanted.address() if page.previous_token else "",
    }
    return TemplateResponse(request, "casework/desk/queue.html", context)


@require_POST
def find(request: CitizenRequest) -> HttpResponse:
    """Take the words of the search out of sight: the address that shows what was found has them sealed."""
    office = workload.office_of(request.user, at=clock.now())
    words = request.POST.get("q", "").strip()[:100]
    query = {"find": finding.sealed(words, office=office)} if words else {}
    return redirect(f"{reverse(QUEUE)}?{urlencode(query)}" if query else QUEUE)


@require_POST
def take_next(request: CitizenRequest) -> HttpResponse:
    """Take the first eligible case of a queue and open it."""
    now = clock.now()
    office = workload.office_of(request.user, at=now)
    wanted = (request.POST.get("agency", ""), request.POST.get("hat", ""))
    post = next((post for post in office.posts if (post.agency.code, post.hat) == wanted), None)
    if post is None:
        messages.error(request, _("This queue is not yours."))
        return redirect(QUEUE)
    try:
        case = operations.take_next_case(actor=request.user, agency=post.agency, hat=post.hat, at=now)
    except UnableTo as refusal:
        messages.info(request, str(refusal.message))
        return redirect(QUEUE)
    return redirect(FILE, case.reference)


def row(case: Case, *, office: Office, at: datetime) -> dict[str, Any]:
    """One line of a list, as its template shows it to somebody of this office."""
    is_mine = case.assignee_id == office.user.pk
    return {
        "case": case,
        "href": reverse(FILE, args=[case.reference]),
        "service": case.title,
        "applicant": case.applicant.name if case.applicant and office.names_applicant_of(case) else "",
        "tone": outlook.tone_of(case.current),
        "age": words.age(case, at=at),
        "left": words.time_left(case, at=at),
        "holder": _("You") if is_mine else getattr(case, "holder", None) or _drawn_for(case),
        "is_mine": is_mine,
    }


def _drawn_for(case: Case) -> str:
    """What stands in place of a holder while an officer is still to be drawn."""
    waits = case.service_version.is_given_out and case.current.queue_hat and not case.closed_at
    return _("By lot") if waits else ""


def taking(office: Office) -> dict[str, Any]:
    """The queues from which the officer takes now (`posts`), and those that are `shut` while the pact is not signed for the hat.

    While they are away all of them are shut. The agency is named only where there are several.
    """
    several = len({post.agency.pk for post in office.posts}) > 1
    named = [
        {
            "agency": post.agency.code,
            "hat": post.hat,
            "label": str(Hat(post.hat).label)
            + (f", {texts.local(post.agency.short_name)}" if several else ""),
            "is_open": post.is_signed and office.away_until is None,
        }
        for post in office.posts
    ]
    return {
        "posts": [post for post in named if post["is_open"]],
        "shut": [post["label"] for post in named if not post["is_open"]],
    }


def _tabs(office: Office, wanted: Asked, counts: Counts) -> list[dict[str, Any]]:
    numbers = {"queue": counts.to_do, "mine": counts.mine, "waiting": counts.waiting, "open": counts.open}
    shown = [show for show in VIEWS if office.posts or show in {"waiting", "open"}]
    return [
        {
            "label": VIEWS[show],
            "count": workload.said(numbers[show]),
            "href": wanted.address(show=show, find=""),
            "is_current": show == wanted.show and not wanted.words,
        }
        for show in shown
    ]

"""The first page of the admin: my work, for officers who have any; and the sidebar that leads to the rest."""

import re
from datetime import datetime
from typing import Any, Final

from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from services.accounts.http import CitizenRequest
from services.accounts.models import Hat
from services.casework import expired, looking_again, papers, rulings, workload
from services.casework.admin import absence, acting, month, outages, reviews, team, undo
from services.casework.admin.access import PERMISSION
from services.casework.admin.again import LIST as AGAIN_PAGE
from services.casework.admin.expired import LIST as EXPIRED_PAGE
from services.casework.admin.keys import PAGE as KEYS_PAGE
from services.casework.admin.queue import QUEUE, row, taking
from services.casework.admin.rulings import PAGE as RULINGS_PAGE
from services.casework.admin.sign import LIST as SIGN_PAGE
from services.casework.admin.sign import SHOWN as SHOWN_TO_SIGN
from services.casework.admin.supervised import supervised
from services.casework.workload import Counts, Office
from services.foundation import clock
from services.foundation.references import PATTERN

SHOWN_ON_DESK = 10
SHOWN_OF_QUEUE = 5
_OF_ONE_CASE: Final = re.compile(rf"/{PATTERN}/")


def dashboard(request: CitizenRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add an officer's work to the first page. Three queries beyond those of every page of the admin, seven for whoever supervises."""
    context["title"] = _("My work")
    now = clock.now()
    office = workload.office_of(request.user, at=now)
    context |= {"lacks_pact": office.lacks_pact, "away_until": office.away_until}
    if not request.user.has_perm(PERMISSION) or not office.reads:
        return context
    counts = workload.counts(office, at=now)
    cases = workload.open_cases(office).order_by(*workload.ORDER)
    own = cases.filter(assignee=request.user).order_by(F("stands_still"), *workload.ORDER)
    mine = own[:SHOWN_ON_DESK] if office.posts else ()
    on_desk, waiting = reviews.numbers(request, at=now)
    following = (
        cases.filter(workload.actionable(office, at=now), assignee=None)
        if office.posts
        else cases.filter(workload.late(now))
    )
    return context | {
        "work": True,
        "undo": undo.just_done(request, at=now),
        **supervised(office, at=now),
        "acts": bool(office.posts),
        "tiles": _tiles(office, counts) + _reviewing(on_desk + waiting) + _signing(request, at=now),
        "my_reviews": reviews.on_desk(request) if on_desk else [],
        "mine": [row(case, office=office, at=now) for case in mine],
        "following": [row(case, office=office, at=now) for case in following[:SHOWN_OF_QUEUE]],
        "names_people": office.names_people,
        **taking(office),
        "queue_href": reverse(QUEUE),
        "month_href": reverse(month.PAGE) if office.posts else "",
    }


def navigation(request: CitizenRequest) -> list[dict[str, Any]]:
    """The sidebar: the work first, then every list that a hat of the reader opens."""
    groups: list[dict[str, Any]] = [
        {"title": _("Work"), "items": _marked(_work_items(request), request.path)}
    ]
    for app in admin.site.get_app_list(request):
        items = [
            {"title": str(model["name"]), "link": model["admin_url"], "icon": "list"}
            for model in app["models"]
            if model["admin_url"] and model["object_name"] != "Case"
        ]
        if items:
            groups.append({"title": str(app["name"]), "items": items})
    return groups


def _marked(items: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Mark the one item whose page this is: the queue's address begins those of the pages beside it.

    A page of one case is called as the list that leads to it: `P-7K3F9-QXM2E/again/` stands behind `again/`.
    """
    home, listed = reverse("admin:index"), _OF_ONE_CASE.sub("/", path)
    behind = [item for item in items if listed.startswith(item["link"]) and item["link"] != home]
    current = max(behind, key=lambda item: len(item["link"]), default=None)
    return [item | {"active": item is current if current else item["link"] == path == home} for item in items]


def _work_items(request: CitizenRequest) -> list[dict[str, Any]]:
    items = [{"title": _("My work"), "link": reverse("admin:index"), "icon": "home"}]
    if request.user.has_perm(PERMISSION):
        items.append({"title": _("Queue"), "link": reverse(QUEUE), "icon": "inbox"})
        if month.is_for(request.user):
            items.append({"title": _("My month"), "link": reverse(month.PAGE), "icon": "calendar_month"})
    if request.user.hats_today & set(reviews.HATS):
        items.append({"title": _("Reviews"), "link": reverse(reviews.PAGE), "icon": "checklist"})
    if request.user.has_perm(team.PERMISSION):
        items.append({"title": _("My team"), "link": reverse(team.PAGE), "icon": "group"})
    if request.user.has_perm(acting.PERMISSION):
        items.append({"title": _("Acting officials"), "link": reverse(acting.PAGE), "icon": "group"})
    if request.user.has_perm(outages.PERMISSION):
        items.append({"title": _("Outages"), "link": reverse(outages.PAGE), "icon": "cloud_off"})
    if request.user.has_perm(PERMISSION):
        items.append({"title": _("My days away"), "link": reverse(absence.OWN), "icon": "event_busy"})
        items.append({"title": _("Keys"), "link": reverse(KEYS_PAGE), "icon": "keyboard"})
    return [*items, *_deciding_items(request), *_watching_items(request)]


def _deciding_items(request: CitizenRequest) -> list[dict[str, Any]]:
    """What only whoever decides or heads an office has before them."""
    items = []
    if papers.is_for(request.user):
        items.append({"title": _("Papers to sign"), "link": reverse(SIGN_PAGE), "icon": "draw"})
    if rulings.is_for(request.user):
        items.append({"title": _("Rulings of courts"), "link": reverse(RULINGS_PAGE), "icon": "balance"})
    return items


def _watching_items(request: CitizenRequest) -> list[dict[str, Any]]:
    """What is watched over rather than worked on."""
    items = []
    if looking_again.is_for(request.user):
        items.append({"title": _("Look at again"), "link": reverse(AGAIN_PAGE), "icon": "fact_check"})
    if expired.may_inspect(request.user):
        address = reverse(EXPIRED_PAGE)
        items.append({"title": _("Nobody decided in time"), "link": address, "icon": "alarm_off"})
    if Hat.EXECUTIVE in request.user.hats_today:
        address = reverse("admin:casework_case_escalated")
        items.append({"title": _("What has come up to you"), "link": address, "icon": "priority_high"})
    return items


def _reviewing(number: int) -> list[dict[str, Any]]:
    """The reviews on the desk and those that wait, where the officer has any: no tile that says nothing."""
    return [_tile(_("Reviews"), number, page=reviews.PAGE)] if number else []


def _signing(request: CitizenRequest, *, at: datetime) -> list[dict[str, Any]]:
    """The papers that wait for the officer's signature, where there are any; no query for who signs none."""
    number = papers.waiting(request.user, at=at)[:SHOWN_TO_SIGN].count() if papers.is_for(request.user) else 0
    return [_tile(_("Papers to sign"), number, page=SIGN_PAGE, tone="today")] if number else []


def _tiles(office: Office, counts: Counts) -> list[dict[str, Any]]:
    """The counts of the first page, each with the list behind it."""
    late = _tile(_("Late"), counts.late, "?due=late", tone="late")
    waiting = _tile(_("Waiting for the applicant"), counts.waiting, "?show=waiting", tone="still")
    if not office.posts:
        return [_tile(_("Open"), counts.open), late, waiting]
    return [
        _tile(_("On my desk"), counts.mine, "?show=mine"),
        _tile(_("Next in the queue"), counts.queue),
        _tile(_("With my team"), counts.team, "?show=open"),
        _tile(_("Due today"), counts.today, "?due=today", tone="today"),
        late,
        waiting,
    ]


def _tile(label: str, count: int, asked: str = "", *, page: str = QUEUE, tone: str = "") -> dict[str, Any]:
    """One count with the list behind it, the queue unless said otherwise; in its colour only where there is anything."""
    href = f"{reverse(page)}{asked}"
    return {"label": label, "value": workload.said(count), "href": href, "tone": tone if count else ""}

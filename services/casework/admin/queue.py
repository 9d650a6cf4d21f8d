"""The queue: what an officer can act on, in the order in which it was promised; and the way to take the next one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from services.accounts.http import CitizenRequest
from services.accounts.models import Hat
from services.casework import operations, outlook, workload
from services.casework.admin import words
from services.casework.models import Case
from services.casework.workload import Counts, Office
from services.foundation import clock, references, texts
from services.foundation.errors import UnableTo
from services.foundation.pages import keyset_page

QUEUE = "admin:casework_case_changelist"
FILE = "admin:casework_case_change"
PAGE_SIZE = 50

VIEWS = {
    "queue": gettext_lazy("To be done"),
    "mine": gettext_lazy("On my desk"),
    "waiting": gettext_lazy("Waiting for the applicant"),
    "open": gettext_lazy("Everything open"),
}
DUE = {"": gettext_lazy("Any date"), "late": gettext_lazy("Late"), "today": gettext_lazy("Due today")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: which view, which date, which service, which words."""

    show: str
    due: str
    service: str
    words: str
    after: str

    def address(self, **changes: str) -> str:
        """The address of the same list with something changed; a change of filter starts from the top."""
        asked = {"show": self.show, "due": self.due, "service": self.service, "q": self.words} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@require_safe
def queue(request: CitizenRequest) -> HttpResponse:
    """The list of cases. Drafts are in none of its views."""
    now = clock.now()
    office = workload.office_of(request.user, at=now)
    asked = _asked(request, office)
    page = keyset_page(_cases(office, asked, at=now), by=workload.ORDER, after=asked.after, size=PAGE_SIZE)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Queue"),
        "is_fullwidth": "1",
        "asked": asked,
        "tabs": _tabs(office, asked, workload.counts(office, at=now)),
        "dues": list(DUE.items()),
        "services": [(row.slug, texts.local(row.name)) for row in workload.services_of(office)],
        "rows": [row(case, office=office, at=now) for case in page.items],
        "names_people": office.names_people,
        "posts": posts(office),
        "next_url": asked.address(after=page.next_token) if page.next_token else "",
        "first_url": asked.address() if asked.after else "",
    }
    return TemplateResponse(request, "casework/desk/queue.html", context)


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
        "holder": _("You") if is_mine else getattr(case, "holder", None) or "",
        "is_mine": is_mine,
    }


def posts(office: Office) -> list[dict[str, str]]:
    """The queues from which the officer takes; the agency is named only where there are several."""
    several = len({post.agency.pk for post in office.posts}) > 1
    return [
        {
            "agency": post.agency.code,
            "hat": post.hat,
            "label": str(Hat(post.hat).label)
            + (f", {texts.local(post.agency.short_name)}" if several else ""),
        }
        for post in office.posts
    ]


def _asked(request: CitizenRequest, office: Office) -> Asked:
    default = "queue" if office.posts else "open"
    show, due = request.GET.get("show", default), request.GET.get("due", "")
    return Asked(
        show=show if show in VIEWS else default,
        due=due if due in DUE else "",
        service=request.GET.get("service", "")[:60],
        words=request.GET.get("q", "").strip()[:100],
        after=request.GET.get("after", ""),
    )


def _cases(office: Office, asked: Asked, *, at: datetime) -> QuerySet[Case]:
    if asked.words:
        return _found(office, asked.words)
    cases = workload.open_cases(office).filter(_view(office, asked.show))
    if asked.due:
        cases = cases.filter(workload.late(at) if asked.due == "late" else workload.due_today(at))
    if asked.service:
        cases = cases.filter(service_version__service__slug=asked.service)
    return cases


def _found(office: Office, typed: str) -> QuerySet[Case]:
    """By reference any case the officer may read, ended ones too; by name the open ones."""
    try:
        return workload.readable(office).filter(reference=references.parse(typed))
    except references.MangledReference:
        return workload.named(workload.with_names(office), typed)


def _view(office: Office, show: str) -> Q:
    if show == "mine":
        return Q(assignee=office.user)
    if show == "waiting":
        return workload.waiting_for_applicant()
    if show == "queue":
        return workload.actionable(office) & (Q(assignee=None) | Q(assignee=office.user))
    return Q()


def _tabs(office: Office, asked: Asked, counts: Counts) -> list[dict[str, Any]]:
    numbers = {"queue": counts.to_do, "mine": counts.mine, "waiting": counts.waiting, "open": counts.open}
    shown = [show for show in VIEWS if office.posts or show in {"waiting", "open"}]
    return [
        {
            "label": VIEWS[show],
            "count": numbers[show],
            "href": asked.address(show=show, q=""),
            "is_current": show == asked.show and not asked.words,
        }
        for show in shown
    ]

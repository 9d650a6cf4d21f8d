"""The door of the pages: the browser's draft, kept on our side under a signed cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints import drafts, operations, queries
from complaints.models import ReportDraft, TakenHow
from complaints.operations import Taken
from services.accounts.models import User
from services.foundation import clock, limits
from services.government import queries as government

COOKIE: Final = "bening_report"
SALT: Final = "complaints.draft"
#: Pages of one address, so that nobody fills the disk; a family behind one address stays far below.
RATE: Final = "300/h/ip"
#: Pages that one officer posts who takes reports down: a whole office stands behind one address.
RATE_OF_OFFICER: Final = "300/h/key"
TOO_MANY_REQUESTS: Final = 429
#: Where the number to call stands on top: at once after the words, and before the sending.
SHOWING_DANGER: Final = ("subject", "check")

Arguments = ParamSpec("Arguments")
Page = Callable[Concatenate[HttpRequest, ReportDraft, Arguments], HttpResponseBase]


def of_draft(page: Page[Arguments]) -> Callable[..., HttpResponseBase]:
    """A page that fills in the browser's unsent report; what is posted without one begins one."""
    return _guarded(page, begins=True)


def after_filling(page: Page[Arguments]) -> Callable[..., HttpResponseBase]:
    """A page for what is filled in already; it begins nothing."""
    return _guarded(page, begins=False)


def _guarded(page: Page[Arguments], *, begins: bool) -> Callable[..., HttpResponseBase]:
    """Open to everybody, kept by no cache; whoever posts too much is told."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        draft = draft_of(request)
        if request.method == "POST":
            taken = draft or receipt_of(request)
            if not within(request, taken, action="complaints.new", rate=RATE, of_officer=RATE_OF_OFFICER):
                return too_many(request)
            draft = draft or (operations.start_draft(at=clock.now()) if begins else None)
        answer = page(request, draft or ReportDraft(), **arguments)  # type: ignore[call-arg]
        return remember(answer, draft)

    return view


def within(
    request: HttpRequest, draft: ReportDraft | None, *, action: str, rate: str, of_officer: str
) -> bool:
    """Count a request, by its address; what an officer takes down for others is counted by officer."""
    officer = draft.taken_by if draft else None
    if officer is None:
        return limits.is_within(request, action=action, rate=rate)
    return limits.is_within(request, action=f"{action}.counter", rate=of_officer, key=str(officer.pseudonym))


def take_down(officer: User, how: str) -> HttpResponse:
    """Begin a report that an officer takes down for somebody, and lead to its first page. Raises UnableTo."""
    draft = operations.start_draft(taken=Taken(officer, how), at=clock.now())
    answer = redirect(url_of("what"))
    remember(answer, draft)
    return answer


def draft_of(request: HttpRequest) -> ReportDraft | None:
    """The unsent report of this browser; None where there is none, or where it was sent."""
    return _found(request, is_sent=False)


def receipt_of(request: HttpRequest) -> ReportDraft | None:
    """What this browser has just sent."""
    return _found(request, is_sent=True)


def shown(request: HttpRequest, step: str, draft: ReportDraft, /, **context: Any) -> HttpResponse:
    """One page, with the way back and, where the words tell of danger, the number to call on top."""
    answers = draft.answers
    place = drafts.STEPS.index(step) if step in drafts.STEPS else len(drafts.STEPS)
    known = {
        "step": place + 1,
        "steps": len(drafts.STEPS) + 1,
        "back": reverse("complaints:list") if place == 0 else url_of(drafts.STEPS[place - 1]),
        "danger": queries.danger_number(answers.get("words", "")) if step in SHOWING_DANGER else "",
        "emergency": queries.emergency_number(),
        "office": government.office_contact(),
        "taken": TakenHow(draft.taken_how).label if draft.taken_how else "",
        "kept": f"{draft.pk}:" if draft.taken_how else "",
    }
    return render(request, f"complaints/new/{step}.html", known | context)


def onward(request: HttpRequest, step: str) -> HttpResponse:
    """To the next page; back to the check for whoever came from there."""
    if request.GET.get("from") == "check" or step == drafts.STEPS[-1]:
        return redirect("complaints:new_check")
    return redirect(url_of(drafts.STEPS[drafts.STEPS.index(step) + 1]))


def url_of(step: str) -> str:
    """The address of a page."""
    return reverse("complaints:new" if step == "what" else f"complaints:new_{step}")


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody sends very much: a clear answer, and nothing is lost."""
    message = _("Very much was sent from your connection within the hour. Everything is kept; go on later.")
    context = {"title": _("Please wait a little"), "text": message, "office": government.office_contact()}
    return render(request, "complaints/told.html", context, status=TOO_MANY_REQUESTS)


def _found(request: HttpRequest, *, is_sent: bool) -> ReportDraft | None:
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    try:
        found = ReportDraft.objects.select_related("taken_by").filter(pk=UUID(value)) if value else None
        draft = found.first() if found else None
    except (ValueError, ValidationError):
        return None
    if draft is None or bool(draft.sent_reference) != is_sent:
        return None
    return draft if draft.taken_by is None or draft.taken_by == request.user else None


def remember(answer: HttpResponseBase, draft: ReportDraft | None) -> HttpResponseBase:
    """Let this browser go on with this report."""
    if draft is not None:
        answer.set_signed_cookie(
            COOKIE,
            str(draft.pk),
            salt=SALT,
            max_age=operations.DRAFT_KEPT,
            path=reverse("complaints:list"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer

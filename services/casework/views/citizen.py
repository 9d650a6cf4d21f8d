"""The citizen's own cases: the list, the page of one case, the way to an answer, withdrawing."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.http import CitizenRequest
from services.casework import (
    asking,
    gifts,
    handlers,
    objecting,
    outagewords,
    queries,
    stale,
    timeline,
    undoing,
    workload,
)
from services.casework.forms.citizen import GiftForm, VersionedForm, WithdrawForm
from services.casework.models import Case
from services.casework.operations.moving import DATES_MOVED
from services.casework.views import rows
from services.casework.views.gone import gone
from services.foundation import clock, references
from services.foundation.errors import UnableTo
from services.foundation.pages import keyset_page
from services.government import queries as government

#: The event by which a page learns that its case has moved.
MOVED = "case-moved"


def own_case(request: CitizenRequest, reference: str) -> Case:
    """The case with this reference, if the reader stands on its citizen's side; 404 for everybody else."""
    case = references.look_up(reference, partial(queries.case_for, request.user))
    if case is None:
        raise Http404
    return case


@require_safe
@never_cache
def cases(request: CitizenRequest) -> HttpResponse:
    """The reader's cases: what waits for them first, then what was sent, newest first."""
    mine, after, at = queries.cases_of(request.user), request.GET.get("after", ""), clock.now()
    waits = workload.waiting_for_applicant() | Q(asking.has_open())
    waiting = waits & Q(submitted_at__isnull=False) & undoing.settled(at)
    sent = keyset_page(
        mine.filter(submitted_at__isnull=False).exclude(waiting),
        by=("-submitted_at", "-id"),
        after=after,
        size=20,
    )
    asked = mine.none() if after else mine.filter(waiting).order_by("applicant_due_at")[:50]
    drafts = mine.filter(submitted_at=None, closed_at=None)[:50]
    return render(
        request,
        "casework/cases.html",
        {
            "drafts": [rows.draft(case, reader=request.user) for case in drafts],
            "asked": [rows.sent(case, reader=request.user) for case in asked],
            "sent": [rows.sent(undoing.as_told(case, at=at), reader=request.user) for case in sent.items],
            "next_url": f"?after={sent.next_token}" if sent.next_token else "",
            "first_url": "?" if after else "",
        },
    )


@require_safe
@never_cache
def case(request: CitizenRequest, reference: str) -> HttpResponse:
    """Where a case is, what happens next and by when, what is asked of the reader, and everything that happened."""
    found = own_case(request, reference)
    now = clock.now()
    allowed = {row.name for row in queries.allowed_transitions(found, request.user, at=now)}
    shown = rows.page_of(found, reader=request.user, at=now)
    has_moved = any(line.action == DATES_MOVED for line in shown["history"])
    context = shown | {
        "allowed": allowed,
        "moved": outagewords.on_page(found, at=now) if has_moved else [],
        "can_object": objecting.open_to(found, request.user, at=now),
        "filing_link": handlers.filing_link(found),
        "office": government.office_contact(found.agency),
        "gift": gifts.question(found),
        "gift_form": GiftForm(),
    }
    return render(request, "casework/case.html", context)


@require_safe
@never_cache
def now(request: CitizenRequest, reference: str) -> HttpResponse:
    """Where the case is now, asked again by htmx while a machine works on it; nothing (204) where that is `seen` already.

    What moved is told to the rest of the page, which asks for itself once.
    """
    shown = rows.now_of(own_case(request, reference), reader=request.user, at=clock.now())
    if request.GET.get("seen") == shown["seen"] and shown["is_running"]:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    fragment = render(request, "casework/_now.html", shown)
    fragment.headers["HX-Trigger"] = MOVED
    return fragment


@require_safe
@never_cache
def answer(request: CitizenRequest, reference: str) -> HttpResponse:
    """Lead to the first thing that the office asks; each is answered on a page of its own."""
    found = own_case(request, reference)
    still_open = asking.open_requests(found)
    if not still_open:
        return gone(request, found)
    return redirect(handlers.answer_link(still_open[0]) or reverse("casework:case", args=[found.reference]))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: CitizenRequest, reference: str) -> HttpResponse:
    """Withdraw the application, after saying what that means."""
    return _act(
        request,
        own_case(request, reference),
        transition="withdraw",
        form_class=WithdrawForm,
        template="casework/withdraw.html",
        done=_("Your application was withdrawn."),
        context=lambda _case: {},
    )


def _act(
    request: CitizenRequest,
    case: Case,
    *,
    transition: str,
    form_class: type[VersionedForm],
    template: str,
    done: str,
    context: Callable[[Case], dict[str, Any]],
) -> HttpResponse:
    """Show a form, take the case along the transition, and come back to its page."""
    if transition not in {
        row.name for row in queries.allowed_transitions(case, request.user, at=clock.now())
    }:
        return gone(request, case, form_class(request.POST) if request.method == "POST" else None)
    form = form_class(
        request.POST if request.method == "POST" else None, initial={"version": case.row_version}
    )
    if form.is_valid() and _carried_out(request, case, transition, form):
        messages.success(request, done)
        return redirect("casework:case", case.reference)
    shown = {"case": case, "form": form, "office": government.office_contact(case.agency)} | context(case)
    return render(request, template, shown)


def _carried_out(request: CitizenRequest, case: Case, transition: str, form: VersionedForm) -> bool:
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    version = form.cleaned_data.get("version")
    try:
        handlers.handler(case, transition)(
            case, actor=request.user, at=clock.now(), expected_version=version, **values
        )
    except UnableTo as refusal:
        stale.refuse(form, refusal, case=case, history=timeline.for_citizen)
        return False
    return True

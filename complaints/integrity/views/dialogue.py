"""Coming back with the passphrase: where the report is, what the receiver asks, and the reporter's answers."""

import json
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from complaints import proof
from complaints.forms.dialogue import OpenForm
from complaints.integrity import drafts, operations, queries, workflow
from complaints.integrity.forms import MessageForm
from complaints.integrity.values import UnableToReceive
from services.accounts.http import with_refusal
from services.casework import outlook, timeline
from services.casework import queries as cases
from services.casework.models import Case
from services.foundation import clock, sealing
from services.foundation.errors import UnableTo

COOKIE: Final = "bening_dialogue"
BINDING: Final = "complaints.integrity.dialogue"
GOOD_FOR: Final = timedelta(hours=1)
TOO_MANY: Final = 429


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for reference and passphrase. A wrong one and a reference that never was are told in the same words, after the same time."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _opening(request, form)
    reference = form.cleaned_data["reference"]
    if not proof.may_try(request, reference):
        form.add_error(None, _("You have tried many times. Try again in an hour."))
        return _opening(request, form, status=TOO_MANY)
    case = queries.report_behind(reference, form.cleaned_data["passphrase"])
    if case is None:
        form.add_error(
            "passphrase",
            _("Reference and passphrase do not belong together. Check both against your receipt."),
        )
        return _opening(request, form)
    return let_in(case, redirect("complaints:integrity_dialogue"))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def dialogue(request: HttpRequest) -> HttpResponse:
    """The report as its reporter sees it; a message is written here too."""
    case = opened(request)
    if case is None:
        return redirect("complaints:integrity_open")
    form = MessageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _written(case, form):
        messages.success(request, _("Your message was sent to the receiver."))
        return redirect("complaints:integrity_dialogue")
    steps = cases.timeline(case)
    context = {
        "case": case,
        "form": form,
        "outlook": outlook.of(case),
        "is_asked": case.status == workflow.NEEDS_DATA.code,
        "talk": queries.dialogue_of(case),
        "history": timeline.for_citizen(case, steps)[::-1],
        "openings": timeline.openings(case, steps),
    }
    return render(request, "complaints/integrity/dialogue.html", context)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the report on this device."""
    answer = redirect("complaints:integrity_open")
    answer.delete_cookie(COOKIE, path=drafts.PATH, samesite="Lax")
    return answer


def _opening(request: HttpRequest, form: OpenForm, *, status: int = 200) -> HttpResponse:
    return render(request, "complaints/integrity/open.html", {"form": form}, status=status)


def let_in(case: Case, answer: HttpResponse) -> HttpResponse:
    """Let this browser read the report for an hour; the cookie is sealed, and goes to these pages alone."""
    text = json.dumps([case.reference, (clock.now() + GOOD_FOR).isoformat()])
    answer.set_cookie(
        COOKIE,
        sealing.seal(text, bound_to=BINDING).hex(),
        max_age=GOOD_FOR,
        path=drafts.PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def opened(request: HttpRequest) -> Case | None:
    """The report that this browser may read now; None for none."""
    try:
        text = sealing.unseal(bytes.fromhex(request.COOKIES.get(COOKIE, "")), bound_to=BINDING)
    except (ValueError, sealing.CannotUnseal):
        return None
    reference, until = json.loads(text)
    if datetime.fromisoformat(until) < clock.now():
        return None
    return cases.full().filter(reference=reference, kind=workflow.KIND).first()


def _written(case: Case, form: MessageForm) -> bool:
    """Write it, or say beside the field why not; evidence that came with a refused message is thrown away."""
    at = clock.now()
    try:
        evidence = operations.take_evidence(form.cleaned_data["upload"], at=at)
    except UnableToReceive as refusal:
        with_refusal(form, refusal)
        return False
    try:
        operations.write_to_receiver(case, words=form.cleaned_data["words"], evidence=evidence, at=at)
    except UnableTo as refusal:
        operations.discard(evidence, at=at)
        with_refusal(form, refusal)
        return False
    return True

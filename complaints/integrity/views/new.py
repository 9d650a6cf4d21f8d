"""Reporting in confidence, page by page; without an account, without JavaScript, without a trace before it is sent."""

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from complaints.integrity import drafts, journey, operations, queries, summary
from complaints.integrity.drafts import Draft
from complaints.integrity.forms import FORMS, EvidenceForm, StepForm
from complaints.integrity.values import MOST_FILES, UnableToReceive
from services.accounts.http import with_refusal
from services.foundation import clock, limits, references
from services.foundation.errors import UnableTo
from services.government import queries as government

ACTION: Final = "complaints.integrity.send"
RATE: Final = "20/h/ip"
TOO_MANY: Final = 429
FIRST: Final = "matter"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What protects the reporter and what does not, before the first question."""
    draft = drafts.of(request)
    if request.method == "POST":
        return _to_next(draft or Draft())
    context = {"draft": draft, "receivers": queries.receivers().values(), "watchers": government.watchers()}
    return render(request, "complaints/integrity/start.html", context)


@login_not_required
@require_POST
def about(request: HttpRequest) -> HttpResponse:
    """From the page of a case or a certificate: begin with its reference filled in. By POST, so that no address names it."""
    draft = drafts.of(request) or Draft()
    try:
        draft.answers["reference"] = queries.read_reference(request.POST.get("reference", ""))
    except references.MangledReference:
        draft.answers.pop("reference", None)
    draft.receipt = {}
    return _kept(draft, redirect("complaints:integrity_new"))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One page: what it asks is kept, and the next one follows."""
    if name not in FORMS:
        raise Http404
    draft = drafts.of(request)
    if request.method != "POST":
        return _asked(request, draft, name)
    draft = draft or Draft()
    if name == "receiver" and journey.is_for_commission_alone(draft, at=clock.now()):
        journey.keep(draft, name, {"receiver": "", "may_be_handed_over": False})
        return _to_next(draft)
    form = FORMS[name](request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, draft, name, form)
    if isinstance(form, EvidenceForm):
        return _with_evidence(request, draft, form)
    journey.keep(draft, name, form.values())
    return _to_next(draft)


@login_not_required
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file out again. One that is not there is gone already."""
    draft = drafts.of(request)
    if draft is None:
        return redirect("complaints:integrity_new")
    if number <= len(draft.files):
        operations.discard(operations.unsent([draft.files.pop(number - 1)]), at=clock.now())
    return _kept(draft, redirect("complaints:integrity_step", "evidence"))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything once more, and send."""
    draft = drafts.of(request)
    if draft is None or draft.receipt:
        return redirect("complaints:integrity_sent" if draft else "complaints:integrity_new")
    if missing := journey.first_missing(draft):
        return redirect("complaints:integrity_step", missing)
    journey.reach_of(draft)
    if request.method != "POST":
        return _checked(request, draft)
    if not limits.is_within(request, action=ACTION, rate=RATE):
        words = _(
            "Many reports came from here in a short time. Try again in an hour; nothing you typed is lost."
        )
        return _checked(request, draft, refusal=words, status=TOO_MANY)
    try:
        return _sent(draft)
    except UnableTo as problem:
        return _checked(request, draft, refusal=str(problem.message))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt: reference and passphrase, for half an hour or until the reporter has written them down."""
    draft = drafts.of(request)
    if draft is None or not draft.receipt:
        return redirect("complaints:integrity_new")
    if request.method == "POST":
        answer = redirect("complaints:integrity_open" if draft.receipt["passphrase"] else "home")
        drafts.forget(answer, draft)
        return answer
    return render(request, "complaints/integrity/sent.html", draft.receipt)


def _checked(request: HttpRequest, draft: Draft, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of everything, and why it could not be sent."""
    context = {"rows": summary.rows(draft, at=clock.now()), "refusal": refusal}
    return _kept(draft, render(request, "complaints/integrity/check.html", context, status=status))


def _asked(request: HttpRequest, draft: Draft | None, name: str) -> HttpResponse:
    """A page as it is come to: only with what comes before it."""
    if draft is None:
        return redirect("complaints:integrity_new")
    missing = journey.first_missing(draft)
    asked = journey.steps(draft)
    if name not in asked or (missing and asked.index(name) > asked.index(missing)):
        return redirect("complaints:integrity_step", missing or FIRST)
    return _page(request, draft, name, FORMS[name](initial=draft.answers))


def _page(request: HttpRequest, draft: Draft, name: str, form: StepForm) -> HttpResponse:
    asked = journey.steps(draft)
    before = journey.previous(draft, name)
    context: dict[str, Any] = {
        "form": form,
        "name": name,
        "number": asked.index(name) + 1 if name in asked else 1,
        "count": len(asked),
        "before": before,
    }
    if name == "receiver":
        context["is_alone"] = journey.is_for_commission_alone(draft, at=clock.now())
        context["commission"] = queries.receivers().get("COMMISSION")
    if name == "evidence":
        context |= {"files": operations.unsent(draft.files), "is_full": len(draft.files) >= MOST_FILES}
    return render(request, "complaints/integrity/step.html", context)


def _with_evidence(request: HttpRequest, draft: Draft, form: EvidenceForm) -> HttpResponse:
    """Keep the files; stay on the page after each choice, and go on by the button that brings none."""
    uploads = form.cleaned_data["upload"]
    try:
        taken = operations.take_evidence(uploads, room=MOST_FILES - len(draft.files), at=clock.now())
    except UnableToReceive as refused:
        with_refusal(form, refused)
        return _page(request, draft, "evidence", form)
    draft.files += [str(file.pk) for file in taken]
    journey.keep(draft, "evidence", {})
    if taken:
        return _kept(draft, redirect("complaints:integrity_step", "evidence"))
    return _to_next(draft)


def _sent(draft: Draft) -> HttpResponse:
    """Send it once; the receipt takes the place of all that was typed."""
    at, reach = clock.now(), journey.reach_of(draft)
    case = operations.send_report(
        journey.told_of(draft),
        receiver=journey.receiver_of(draft, at=at),
        may_be_handed_over=bool(draft.answers.get("may_be_handed_over")),
        reach=reach,
        evidence=operations.unsent(draft.files),
        submission_key=draft.submission_key,
        language=get_language() or "id",
        at=at,
    )
    draft.receipt = {
        "reference": case.reference,
        "passphrase": reach.passphrase,
        "receiver": summary.name_of(case.agency),
        "due": case.due_at.isoformat() if case.due_at else "",
    }
    draft.answers, draft.files, draft.done = {}, [], []
    return _kept(draft, redirect("complaints:integrity_sent"), seconds=drafts.RECEIPT_SECONDS)


def _to_next(draft: Draft) -> HttpResponse:
    """Keep the draft, and go to the first page that is not done."""
    missing = journey.first_missing(draft)
    answer = (
        redirect("complaints:integrity_step", missing) if missing else redirect("complaints:integrity_check")
    )
    return _kept(draft, answer)


def _kept(draft: Draft, answer: HttpResponse, *, seconds: int = drafts.KEPT_SECONDS) -> HttpResponse:
    drafts.keep(draft, seconds=seconds)
    drafts.remember(answer, draft)
    return answer

"""`/verify/`: anyone holds a paper against the register, by its code, its QR link or the file itself."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from services.documents import codes, queries, rendering, wording
from services.documents.forms import CodeForm, PaperForm
from services.documents.verification import Verdict, Verification
from services.foundation import limits
from services.government import queries as government

NOT_FOUND = 404
TOO_MANY = 429
# Generous, since a mobile network puts thousands of people behind one address; a code has 55 random bits.
CODES_RATE = "120/m/ip"
FILES_RATE = "20/m/ip"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code (sent by GET, so that it works as a link) or for the file (sent by POST)."""
    if request.method == "POST":
        return _verify_file(request)
    if "code" not in request.GET:
        return _ask(request)
    form = CodeForm(request.GET)
    if form.is_valid():
        return redirect("documents:verification", code=form.cleaned_data["code"])
    return _ask(request, code_form=form)


@login_not_required
@require_safe
def verification(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the QR link. A code with a slip in it leads back to the form with what was typed."""
    if not limits.is_within(request, action="verify_code", rate=CODES_RATE):
        return _too_often(request)
    try:
        canonical = codes.parse(code)
    except codes.MangledCode:
        return _ask(request, code_form=CodeForm({"code": code}), status=NOT_FOUND)
    if canonical != code:
        return redirect("documents:verification", code=canonical)
    return _tell(request, queries.verification_of(canonical), code=canonical)


def _verify_file(request: HttpRequest) -> HttpResponse:
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, paper_form=form)
    if not limits.is_within(request, action="verify_file", rate=FILES_RATE):
        return _too_often(request)
    return _tell(request, queries.verification_of_file(form.cleaned_data["paper"]))


def _ask(
    request: HttpRequest,
    *,
    code_form: CodeForm | None = None,
    paper_form: PaperForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code_form": code_form or CodeForm(),
        "paper_form": paper_form or PaperForm(),
        # The form with the error, which base.html and the error summary speak of.
        "form": code_form or paper_form,
    }
    return _private(render(request, "documents/verify.html", context, status=status))


def _tell(request: HttpRequest, answer: Verification, *, code: str = "") -> HttpResponse:
    """Unknown codes are 404 for machines; a person reads the same page with what to do."""
    paper = rendering.paper_of(answer.certificate) if answer.certificate else None
    context: dict[str, Any] = {
        "answer": answer,
        "certificate": answer.certificate,
        "paper": paper,
        "saying": wording.say(answer, code=code),
        "watchers": government.watchers(),
        "paper_form": PaperForm(),
    }
    is_missing = answer.verdict == Verdict.UNKNOWN and not answer.by_file
    return _private(
        render(request, "documents/verification.html", context, status=NOT_FOUND if is_missing else 200)
    )


def _too_often(request: HttpRequest) -> HttpResponse:
    response = render(request, "documents/too_often.html", status=TOO_MANY)
    response["Retry-After"] = "60"
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """What is said of a paper is kept by no cache and found by no search engine."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response

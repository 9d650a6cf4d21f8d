"""The reporter's own pages: the dialogue with the office, and saying whether it is solved."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints import links, operations, proof, queries
from complaints.forms.dialogue import MessageForm, NotSolvedForm, OpenForm, PassphraseForm, SolvedForm
from complaints.operations.reporter import Reporter
from complaints.views import rows
from services.accounts.http import with_refusal
from services.casework import gifts, outlook
from services.casework import queries as cases
from services.casework.forms.citizen import GiftForm
from services.casework.models import Case
from services.casework.policies import Bearer
from services.casework.views import rows as case_rows
from services.documents import responses
from services.foundation import clock, limits, references
from services.foundation.errors import UnableTo
from services.government import queries as government

TOO_MANY_REQUESTS: Final = 429
WRITES: Final = "60/h/ip"
Arguments = ParamSpec("Arguments")
Page = Callable[Concatenate[HttpRequest, Case, Reporter, Arguments], HttpResponseBase]


def of_reporter(page: Page[Arguments]) -> Callable[..., HttpResponseBase]:
    """A page of one report for its reporter alone; everybody else is asked for the passphrase, whatever the reference."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, reference: str, **arguments: Any) -> HttpResponseBase:
        known = _parsed(reference)
        case = queries.reported_case(known)
        reporter = proof.reporter_of(request, case) if case else None
        if case is None or reporter is None:
            return _ask(request, known)
        return page(request, case, reporter, **arguments)  # type: ignore[call-arg]

    return view


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Reference and passphrase, for whoever has no link at hand."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _tried(request, form, form.cleaned_data["reference"])
    return _shown_form(request, form)


@of_reporter
def dialogue(request: HttpRequest, case: Case, reporter: Reporter) -> HttpResponse:
    """What was reported, where it stands, what both sides wrote, and what the reporter can do now."""
    return _page(request, case, reporter)


@of_reporter
def write(request: HttpRequest, case: Case, reporter: Reporter) -> HttpResponse:
    """A message to the office, or what it asked for."""
    form = MessageForm(request.POST, request.FILES)

    def send(said: dict[str, Any]) -> None:
        with operations.taken_photos(said["upload"], at=clock.now()) as photos:
            operations.write(case, actor=reporter, words=said["words"], photos=photos, at=clock.now())

    return _done(request, case, reporter, form, send, name="message", done=_("Your message was sent."))


@of_reporter
def solved(request: HttpRequest, case: Case, reporter: Reporter) -> HttpResponse:
    """It is solved."""

    def say(said: dict[str, Any]) -> None:
        operations.solve_report(case, actor=reporter, words=said["words"], at=clock.now())

    form, done = SolvedForm(request.POST, prefix="solved"), _("Thank you. The report is marked as solved.")
    return _done(request, case, reporter, form, say, name="solved", done=done)


@of_reporter
def not_solved(request: HttpRequest, case: Case, reporter: Reporter) -> HttpResponse:
    """It is not solved."""

    def say(said: dict[str, Any]) -> None:
        operations.reopen_report(case, actor=reporter, words=said["words"], at=clock.now())

    form, done = (
        NotSolvedForm(request.POST, prefix="not_solved"),
        _("Thank you. The office takes it up again."),
    )
    return _done(request, case, reporter, form, say, name="not_solved", done=done)


@of_reporter
def photo(request: HttpRequest, case: Case, reporter: Reporter, document_id: UUID) -> HttpResponseBase:
    """A photo of the report, of an answer or of the dialogue, as we have drawn it anew."""
    attached = cases.attached_document(case, document_id)
    sheet = attached.document.sheets.first() if attached else None
    if sheet is None or not sheet.picture:
        raise Http404
    return responses.sheet_picture(sheet)


@login_not_required
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close what this browser has opened, for whoever shares it."""
    answer = redirect("complaints:list")
    proof.forget(answer)
    messages.success(request, _("Closed. Only the passphrase opens it again."))
    return answer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """From the link in a notice: the answer of the office, and whether it is solved. No sign-in, no passphrase."""
    case = _linked(request, reference, token)
    if case is None:
        return _worthless(request)
    form: forms.Form | None = None
    if request.method == "POST":
        form = _spoken(request)
        if form.is_valid() and _said(request, case, form):
            messages.success(request, _("Thank you. You have told the office."))
            return redirect(request.path)
    complaint = queries.complaint_of(case)
    context = {
        "case": case,
        "title": case.title,
        "outlook": outlook.of(case),
        "replies": rows.said_of(complaint, address="complaints:photo")["replies"][-1:],
        "is_open": case.status == "ANSWERED",
        "is_escalated": complaint.escalated_at is not None,
        "form": form,
        "solved_form": form if isinstance(form, SolvedForm) else SolvedForm(prefix="solved"),
        "not_solved_form": form if isinstance(form, NotSolvedForm) else NotSolvedForm(prefix="not_solved"),
        "office": government.office_contact(case.agency),
    }
    return render(request, "complaints/say.html", context)


def _linked(request: HttpRequest, reference: str, token: str) -> Case | None:
    """The case of a good link. Guesses are counted; a confidential report has no link."""
    if not limits.is_within(request, action="complaints.say", rate=WRITES):
        return None
    case = queries.reported_case(_parsed(reference))
    if case is None or case.is_confidential:
        return None
    return case if links.is_good(token, case, queries.last_answer(case), at=clock.now()) else None


def _worthless(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("This link does not work any more"),
        "text": _("It was for an earlier answer, or it is too old. Open your report with its passphrase."),
        "office": government.office_contact(),
    }
    return render(request, "complaints/told.html", context, status=404)


def _spoken(request: HttpRequest) -> forms.Form:
    if request.POST.get("say") == "solved":
        return SolvedForm(request.POST, prefix="solved")
    return NotSolvedForm(request.POST, prefix="not_solved")


def _said(request: HttpRequest, case: Case, form: forms.Form) -> bool:
    bearer, words = Bearer(case.reference), form.cleaned_data["words"]
    try:
        if isinstance(form, SolvedForm):
            operations.solve_report(case, actor=bearer, words=words, at=clock.now())
        else:
            operations.reopen_report(case, actor=bearer, words=words, at=clock.now())
    except UnableTo as refusal:
        with_refusal(form, refusal)
        return False
    return True


def _ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the passphrase of this reference."""
    form = PassphraseForm(request.POST if request.method == "POST" and "passphrase" in request.POST else None)
    if form.is_valid():
        return _tried(request, form, reference)
    return _shown_form(request, form, reference=reference)


def _tried(request: HttpRequest, form: PassphraseForm, reference: str) -> HttpResponse:
    """Open the report, or say that the two do not belong together; too many attempts are told so."""
    if not proof.may_try(request, reference):
        form.add_error(
            "passphrase",
            _("There were too many attempts within the hour. Wait an hour, then try again; nothing is lost."),
        )
        return _shown_form(request, form, reference=reference, status=TOO_MANY_REQUESTS)
    case = queries.reported_case(reference)
    complaint = queries.complaint_of(case) if case else None
    if case is None or not proof.opens(form.cleaned_data["passphrase"], complaint):
        form.add_error(
            "passphrase",
            _("This passphrase does not open this report. Check both against your receipt."),
        )
        return _shown_form(request, form, reference=reference)
    answer = redirect("complaints:dialogue", case.reference)
    proof.remember(request, answer, case)
    return answer


def _shown_form(
    request: HttpRequest, form: PassphraseForm, *, reference: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "reference": reference, "office": government.office_contact()}
    return render(request, "complaints/open.html", context, status=status)


def _done(
    request: HttpRequest,
    case: Case,
    reporter: Reporter,
    form: forms.Form,
    do: Callable[[dict[str, Any]], None],
    *,
    name: str,
    done: str,
) -> HttpResponse:
    """Carry out what was posted and come back to the dialogue, or show it again with what is wrong."""
    if request.method != "POST":
        return redirect("complaints:dialogue", case.reference)
    if not limits.is_within(request, action="complaints.write", rate=WRITES):
        form.add_error(None, _("You have written very often within the hour. Go on a little later."))
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except UnableTo as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect("complaints:dialogue", case.reference)
    return _page(request, case, reporter, **{f"{name}_form": form, "form": form})


def _page(request: HttpRequest, case: Case, reporter: Reporter, **forms_shown: Any) -> HttpResponse:
    complaint = queries.complaint_of(case)
    complaint.case = case
    context: dict[str, Any] = {
        "case": case,
        "title": case.title,
        "outlook": outlook.of(case),
        "stations": case_rows.stations(case, cases.timeline(case)),
        "messages_of_case": rows.dialogue(case, address="complaints:dialogue_photo"),
        **rows.said_of(complaint, address="complaints:dialogue_photo"),
        "is_bearer": isinstance(reporter, Bearer),
        "is_answered": case.status == "ANSWERED",
        "is_asked": case.status == "NEEDS_DATA",
        "message_form": None if case.closed_at else MessageForm(),
        "solved_form": SolvedForm(prefix="solved"),
        "not_solved_form": NotSolvedForm(prefix="not_solved"),
        "office": government.office_contact(case.agency),
        "gift": gifts.question(case),
        "gift_form": GiftForm(),
    }
    return render(request, "complaints/dialogue.html", context | forms_shown)


def _parsed(reference: str) -> str:
    try:
        return references.parse(reference)
    except references.MangledReference:
        return reference[:40].upper()

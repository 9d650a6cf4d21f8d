"""Checking everything once more, sending it, and the receipt with the passphrase."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints import drafts, operations, queries
from complaints.models import Category, ReportDraft, Visibility
from complaints.operations import Report
from complaints.views.new.entry import after_filling, receipt_of, shown, too_many, url_of, within
from services.accounts.models import User
from services.casework.models import Case
from services.foundation import clock, pictures, texts
from services.foundation.errors import UnableTo
from services.government import queries as government

#: Reports from one address.
RATE = "20/h/ip"
#: Reports that one officer takes down.
RATE_OF_OFFICER = "60/h/key"
_WHERE_WRONG = {"category": "subject", "words": "what", "visibility": "readers", "photos": "photos"}


@after_filling
def check(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Everything once more, each with a way to change it; then the sending, which happens once."""
    sent = receipt_of(request)
    if sent is not None and not draft.is_kept:
        return redirect("complaints:new_receipt")
    answers = draft.answers
    missing = drafts.first_missing(answers)
    if missing:
        return redirect(url_of(missing))
    category = queries.listed_category(answers["category"])
    if category is None:
        return redirect(url_of("subject"))
    if request.method == "POST":
        if not within(request, draft, action="complaints.send", rate=RATE, of_officer=RATE_OF_OFFICER):
            return too_many(request)
        return _sent(request, draft, drafts.report_of(draft, category))
    return _summary(request, draft, category)


@after_filling
def receipt(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """That it arrived, under which reference, and the passphrase; useful as a screenshot."""
    sent = receipt_of(request)
    if sent is None:
        return redirect("complaints:new")
    case = Case.objects.select_related("agency", "applicant").get(reference=sent.sent_reference)
    if request.method == "POST":
        operations.close_receipt(sent)
        if sent.taken_how:
            return redirect("applications:counter")
        address = "casework:case" if case.applicant_id else "complaints:dialogue"
        return redirect(address, case.reference)
    context = {
        "case": case,
        "passphrase": sent.passphrase,
        "complaint": queries.complaint_of(case),
        "office": government.office_contact(case.agency),
        "minutes": operations.RECEIPT_KEPT.seconds // 60,
        "taken": sent.taken_how,
        **_opened_at(sent),
    }
    return render(request, "complaints/new/receipt.html", context)


def _opened_at(sent: ReportDraft) -> dict[str, str]:
    """Where the reporter opens it, for the printed page that whoever took it down hands over."""
    address = f"{settings.SITE_URL}{reverse('complaints:open')}"
    return {"address": address, "qr": pictures.code_of(address)} if sent.taken_how else {}


def _sent(request: HttpRequest, draft: ReportDraft, report: Report) -> HttpResponse:
    actor = request.user if isinstance(request.user, User) else None
    try:
        operations.send_draft(draft, report, actor=actor, language=get_language() or "id", at=clock.now())
    except UnableTo as refusal:
        step = _WHERE_WRONG.get(refusal.field, "what")
        context = {"title": _("One thing must be changed first"), "text": refusal.message}
        further = {"href": url_of(step), "link": _("Change it"), "office": government.office_contact()}
        return render(request, "complaints/told.html", context | further, status=409)
    return redirect("complaints:new_receipt")


def _summary(request: HttpRequest, draft: ReportDraft, category: Category) -> HttpResponse:
    answers = draft.answers
    rows = [
        _row("what", _("What is wrong"), answers["words"]),
        _row("subject", _("Subject"), texts.local(category.name)),
        _row("where", _("Where"), _place_in_words(answers)),
        _row("photos", _("Photos"), str(draft.photos.count() or _("None"))),
        _row("readers", _("Who may read it"), _readers_in_words(request, answers, category)),
        _row("contact", _("Where we tell you"), _contact_in_words(answers)),
    ]
    return shown(request, "check", draft, rows=rows, back=url_of("contact"))


def _row(step: str, key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value, "href": f"{url_of(step)}?from=check"}


def _place_in_words(answers: dict[str, Any]) -> str:
    if answers.get("has_no_place"):
        return _("Not about a place")
    district = drafts.district_of(answers)
    lines = [answers.get("place", ""), district.full_name if district else ""]
    if answers.get("latitude") is not None:
        lines.append(f"{answers['latitude']:.6f}, {answers['longitude']:.6f}")
    return "\n".join(filter(None, lines))


def _readers_in_words(request: HttpRequest, answers: dict[str, Any], category: Category) -> str:
    visibility = drafts.visibility_of(answers, category)
    words = {
        Visibility.PUBLIC: _("Everybody, without your name"),
        Visibility.ANONYMOUS: _("Everybody, and nobody knows who you are"),
        Visibility.CONFIDENTIAL: _("Only the office that receives it"),
    }[Visibility(visibility)]
    shows = answers.get("shows_name") and answers["contact"] == "account" and request.user.is_authenticated
    return _("Everybody, with your name") if shows and visibility == Visibility.PUBLIC else words


def _contact_in_words(answers: dict[str, Any]) -> str:
    words: dict[str, str] = {
        "account": _("On your account"),
        "phone": answers.get("phone", ""),
        "email": answers.get("email", ""),
    }
    return words.get(answers["contact"], _("Nowhere: you look yourself with the passphrase"))

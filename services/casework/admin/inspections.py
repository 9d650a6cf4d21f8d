"""The pages of an inspection at the desk and on the phone: the appointment, the visit, the minutes, and what comes of them."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.http import CitizenRequest, password_sent, with_refusal
from services.casework import icalendar, inspections, operations, reviews
from services.casework.admin import door, passes
from services.casework.admin.access import contents_of
from services.casework.forms.inspections import AppointmentForm, MinutesForm, NoteForm
from services.casework.models import Appointment, Noted, Review
from services.documents import responses
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.foundation.templatetags.bening import day

QUEUE: Final = "admin:casework_case_reviews"
REVIEW: Final = "admin:casework_case_review"
VISIT: Final = "admin:casework_case_visit"


@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """Say when and where the inspector comes."""
    found = _mine(request, reference, key)
    held = inspections.whole(found)
    before = held.latest
    initial = {name: getattr(before, name) for name in ("begins", "ends", "place")} if before else {}
    if before and before.wish:
        initial["day"] = before.wish
    form = AppointmentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_appointment(found, actor=request.user, at=clock.now(), **form.cleaned_data)
        except UnableTo as refusal:
            _keep_cause(request, found, refusal)
            with_refusal(form, refusal)
        else:
            _say_when(request, made)
            return redirect(REVIEW, reference, key)
    return _shown(request, found, "appointment", _("Appointment"), form=form, inspection=held)


def _say_when(request: CitizenRequest, made: Appointment) -> None:
    """What the applicant is told now; and that the promise of the review ends earlier, where it does."""
    hours = {"begins": made.begins.strftime("%H.%M"), "ends": made.ends.strftime("%H.%M")}
    words = _("The applicant is told that you come on %(day)s, from %(begins)s to %(ends)s.")
    messages.success(request, words % {"day": day(made.day), **hours})
    promised = clock.local_date(made.review.due_at)
    if made.day > promised:
        words = _("This review was promised by %(day)s: with this appointment it will be late.")
        messages.warning(request, words % {"day": day(promised)})


@require_safe
def calendar(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """The appointment that holds, for the inspector's own calendar."""
    found = _mine(request, reference, key)
    latest = inspections.latest_of(found)
    if latest is None:
        raise Http404
    return icalendar.download(latest, found, host=request.get_host())


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """The checklist and the photos, for a phone. Without JavaScript both are forms that are sent by their buttons."""
    found = _mine(request, reference, key)
    refused: list[str] = []
    if request.method == "POST":
        refused = _photos_sent(request, found) if request.FILES else _points_sent(request, found)
        if not refused:
            messages.success(request, _("Kept."))
            return redirect(VISIT, reference, key)
    held = inspections.whole(found)
    return _shown(
        request,
        found,
        "visit",
        found.title,
        inspection=held,
        points=[_point(request, row) for row in held.points],
        answers=Noted.Answer.choices,
        fresh=uuid4(),
        wrong=refused,
    )


@require_POST
def note(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """One point or photo, sent by the phone itself under its own key: kept once, however often it comes."""
    found, form = _mine(request, reference, key), NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": _("This cannot be read.")}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        kept = _note(request, found, form.cleaned_data)
    except UnableTo as refusal:
        _keep_cause(request, found, refusal)
        said = {"message": str(refusal.message), "code": refusal.code}
        return JsonResponse(said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"kept": str(kept.key)})


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """What was found, who was there, and the signature by the password."""
    found = _mine(request, reference, key)
    form = MinutesForm(request.POST if request.method == "POST" else None, user=request.user, review=found)
    if password_sent(request, form) and form.is_valid():
        try:
            operations.sign_minutes(found, actor=request.user, at=clock.now(), **form.values())
        except UnableTo as refusal:
            _keep_cause(request, found, refusal)
            with_refusal(form, refusal)
        else:
            messages.success(request, _("The minutes are signed. Their paper is being sealed."))
            return redirect(QUEUE)
    held = inspections.whole(found)
    return _shown(request, found, "minutes", _("Minutes of an inspection"), form=form, inspection=held)


@require_safe
def photo(request: CitizenRequest, reference: str, key: str, number: UUID) -> HttpResponseBase:
    """A photo of the inspection, for whoever holds the pass of a page that shows it."""
    case, role = contents_of(request, reference)
    noted = inspections.photo_of(case, key, number) if role.reads_contents(case) else None
    if noted is None or noted.photo is None:
        raise Http404
    if not passes.is_good(request.GET.get("pass", ""), request.user, case):
        raise Http404
    return responses.sheet_picture(noted.photo)


@require_safe
def paper(request: CitizenRequest, reference: str, key: str) -> HttpResponseBase:
    """The sealed minutes as a download. The opening goes on record."""
    case, role = contents_of(request, reference)
    held = inspections.of_review(case, key) if role.reads_contents(case) else None
    if held is None or held.paper is None or not held.paper.is_signed:
        raise Http404
    door.record(request, case, role, at=clock.now(), what="minutes")
    return responses.certificate(held.paper)


def _points_sent(request: CitizenRequest, found: Review) -> list[str]:
    """Keep every point that was changed; what was refused, in words."""
    held, refused = inspections.whole(found), []
    for row in held.points:
        told = {name: request.POST.get(f"{name}-{row['key']}", "").strip() for name in ("answer", "words")}
        before = row["noted"]
        same = before and (before.answer, before.words) == (told["answer"], told["words"])
        if same or not any(told.values()):
            continue
        try:
            sent = _uuid(request.POST.get(f"key-{row['key']}", ""))
            operations.note_point(
                found, actor=request.user, key=sent, item=row["key"], at=clock.now(), **told
            )
        except UnableTo as refusal:
            refused.append(f"{row['label']}: {refusal.message}")
    return refused


def _photos_sent(request: CitizenRequest, found: Review) -> list[str]:
    """Keep the photos of the form; what was refused, in words."""
    sent, refused = _uuid(request.POST.get("key", "")), []
    for number, upload in enumerate(request.FILES.getlist("upload")):
        told: dict[str, Any] = {"key": uuid5(sent, str(number)), "upload": upload}
        try:
            words = request.POST.get("words", "")
            operations.note_photo(found, actor=request.user, at=clock.now(), words=words, **told)
        except UnableTo as refusal:
            refused.append(f"{upload.name}: {refusal.message}")
    return refused


def _keep_cause(request: CitizenRequest, found: Review, refusal: UnableTo) -> None:
    """A conflict of interest that was the cause of a refusal goes on record with its rule."""
    operations.note_conflict(found.case, refusal, actor=request.user, doing="review", at=clock.now())


def _note(request: CitizenRequest, found: Review, sent: dict[str, Any]) -> Noted:
    told = {"actor": request.user, "key": sent["key"], "words": sent["words"], "at": clock.now()}
    if sent["upload"] is not None:
        return operations.note_photo(found, upload=sent["upload"], **told)
    return operations.note_point(found, item=sent["item"], answer=sent["answer"], **told)


def _point(request: CitizenRequest, row: dict[str, Any]) -> dict[str, Any]:
    """A point as its form shows it: what was sent just now, else what is kept."""
    before, name = row["noted"], row["key"]
    return row | {
        "answer": request.POST.get(f"answer-{name}", before.answer if before else ""),
        "words": request.POST.get(f"words-{name}", before.words if before else ""),
        "fresh": uuid4(),
    }


def _uuid(sent: str) -> UUID:
    """The key of a form; a fresh one where the browser sent none that can be read."""
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()


def _mine(request: CitizenRequest, reference: str, key: str) -> Review:
    """The inspection on this officer's desk; 404 for anybody else, for another review, and once it is done."""
    found = reviews.on_desk(request.user, reference, key)
    if found is None or not found.is_inspection:
        raise Http404
    return found


def _shown(
    request: CitizenRequest,
    found: Review,
    page: str,
    title: str,
    *,
    form: forms.Form | None = None,
    **more: Any,
) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{title} · {found.case.reference}",
        "review": found,
        "case": found.case,
        "form": form,
        "refused": [form] if form and form.errors else [],
        "pass": passes.issue(request.user, found.case),
        **more,
    }
    return TemplateResponse(request, f"casework/desk/{page}.html", context)

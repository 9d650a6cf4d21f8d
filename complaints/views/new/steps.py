"""What, which subject, where, photos, who reads it, where to tell: a page each, saved as one goes."""

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from complaints import drafts, operations, queries
from complaints.forms.report import (
    ACCOUNT,
    NO_DISTRICT,
    ContactForm,
    OddPlaceForm,
    PhotosForm,
    ReadersForm,
    SubjectForm,
    WhatForm,
    WhereForm,
)
from complaints.models import DraftPhoto, ReportDraft, Visibility
from complaints.views.new.entry import of_draft, onward, shown, url_of
from services.accounts.http import with_refusal
from services.applications import queries as applications
from services.documents import responses
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.government import queries as government

#: Comes along with the answer about an odd point, so that no answer is told from no question.
ASKED: Final = "asked"


@of_draft
def what(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """What is wrong."""
    typed = request.GET.get("words", "")[: operations.LONGEST_WORDS]
    form = WhatForm(_posted(request), initial={"words": draft.answers.get("words") or typed})
    if form.is_valid():
        _keep(draft, form.cleaned_data)
        return onward(request, "what")
    return shown(request, "what", draft, form=form)


@of_draft
def subject(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Which subject fits: suggested from the words, or chosen from all."""
    words, posted = draft.answers.get("words", ""), _posted(request)
    listed = list(queries.listed_categories())
    suggested = [] if "all" in request.GET else queries.suggested_categories(words)
    form = SubjectForm(
        posted,
        categories=listed if posted is not None else suggested or listed,
        initial={"category": draft.answers.get("category")},
    )
    if form.is_valid():
        if draft.taken_how and queries.is_told_in_confidence(form.cleaned_data["category"]):
            operations.drop_draft(draft, at=clock.now())
            return redirect("report_counter:confidential")
        _keep(draft, form.cleaned_data)
        return onward(request, "subject")
    return shown(request, "subject", draft, form=form, is_suggested=bool(suggested) and posted is None)


@of_draft
def where(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Where it is. A point outside our area is asked about, never refused."""
    posted = _posted(request)
    form = _where_form(posted, draft.answers)
    if form.is_valid() and _is_odd(form.cleaned_data):
        odd = OddPlaceForm(posted if ASKED in request.POST else None)
        if not odd.is_valid():
            step = drafts.STEPS.index("where") + 1
            asked = {"form": odd, "carried": _carried(request), "back": url_of("where"), "step": step}
            return shown(request, "odd_place", draft, **asked)
        if odd.cleaned_data["point"] == "drop":
            form = _where_form(posted.dict() | {"latitude": "", "longitude": ""}, draft.answers)
    if form.is_valid():
        _keep(draft, _place(form.cleaned_data))
        return onward(request, "where")
    return shown(request, "where", draft, form=form, **applications.map_of_the_government())


@of_draft
def photos(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Photos: added at once when they are chosen, taken out again, or none."""
    form = PhotosForm()
    if request.method == "POST":
        form = PhotosForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                operations.add_photos(draft, uploads=form.cleaned_data["upload"], at=clock.now())
            except UnableTo as refusal:
                with_refusal(form, refusal)
            else:
                return redirect(request.get_full_path())
    there = list(draft.photos.all()) if draft.is_kept else []
    return shown(
        request,
        "photos",
        draft,
        form=form,
        photos=there,
        is_full=len(there) >= operations.MOST_PHOTOS,
        next=onward(request, "photos")["Location"],
    )


@of_draft
def remove_photo(request: HttpRequest, draft: ReportDraft, document_id: UUID) -> HttpResponse:
    """Take a photo out."""
    if request.method == "POST":
        operations.remove_photo(draft, document_id=document_id, at=clock.now())
    return redirect("complaints:new_photos")


@of_draft
def photo(request: HttpRequest, draft: ReportDraft, document_id: UUID) -> HttpResponseBase:
    """The picture of a photo, made by us, for the browser that sent it."""
    found = DraftPhoto.objects.filter(draft=draft.pk, document=document_id).first()
    sheet = found.document.sheets.first() if found else None
    if sheet is None or not sheet.picture:
        raise Http404
    return responses.sheet_picture(sheet)


@of_draft
def readers(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Who may read it; a subject that is always confidential says so and asks nothing."""
    category = drafts.category_of(draft.answers)
    if category is not None and category.is_confidential:
        if request.method == "POST":
            _keep(draft, {"visibility": Visibility.CONFIDENTIAL.value, "shows_name": False})
            return onward(request, "readers")
        return shown(request, "readers", draft, category=category)
    is_taken_down = bool(draft.taken_how)
    form = ReadersForm(
        _posted(request),
        is_signed_in=request.user.is_authenticated and not is_taken_down,
        is_taken_down=is_taken_down,
        initial=draft.answers,
    )
    if form.is_valid():
        said = form.cleaned_data
        shows = said.get("shows_name", False) and said["visibility"] == Visibility.PUBLIC
        _keep(draft, {"visibility": said["visibility"], "shows_name": shows})
        return onward(request, "readers")
    return shown(request, "readers", draft, form=form)


@of_draft
def contact(request: HttpRequest, draft: ReportDraft) -> HttpResponse:
    """Where to tell the reporter; on their account after signing in, and back here."""
    is_anonymous = draft.answers.get("visibility") == Visibility.ANONYMOUS
    form = ContactForm(
        _posted(request),
        is_anonymous=is_anonymous,
        is_taken_down=bool(draft.taken_how),
        initial=draft.answers,
    )
    if form.is_valid():
        _keep(draft, form.cleaned_data)
        if form.cleaned_data["contact"] == ACCOUNT and not request.user.is_authenticated:
            return redirect_to_login(onward(request, "contact")["Location"])
        return onward(request, "contact")
    return shown(request, "contact", draft, form=form)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _keep(draft: ReportDraft, answers: dict[str, Any]) -> None:
    operations.keep_answers(draft, answers=answers, at=clock.now())


def _where_form(posted: Any, answers: dict[str, Any]) -> WhereForm:
    return WhereForm(
        posted,
        districts=government.district_choices(),
        initial={**answers, "district": answers.get("district") or _chosen_nowhere(answers)},
    )


def _is_odd(said: dict[str, Any]) -> bool:
    latitude, longitude = said.get("latitude"), said.get("longitude")
    if said.get("has_no_place") or latitude is None or longitude is None:
        return False
    return not government.is_inside(latitude, longitude)


def _place(said: dict[str, Any]) -> dict[str, Any]:
    """What is kept of the page; `has_place` says that it was answered."""
    if said.get("has_no_place"):
        said = {}
    district = said.get("district", "")
    return {
        "has_place": bool(said),
        "has_no_place": not said,
        "place": said.get("place", ""),
        "district": "" if district == NO_DISTRICT else district,
        "latitude": said.get("latitude"),
        "longitude": said.get("longitude"),
        "is_outside": _is_odd(said),
    }


def _chosen_nowhere(answers: dict[str, Any]) -> str:
    return NO_DISTRICT if answers.get("has_place") and answers.get("place") else ""


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, carried along unseen while one thing is asked about it; and that it was asked."""
    left_out = {"csrfmiddlewaretoken", "point", ASKED}
    return [
        *((name, str(value)) for name, value in request.POST.items() if name not in left_out),
        (ASKED, "yes"),
    ]

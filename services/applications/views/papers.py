"""The documents: photographed or chosen sheet by sheet, looked at, put in order, finished, used again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.applications import operations, queries, tasklist, typed
from services.applications.forms import SheetsForm
from services.applications.journey import Application
from services.applications.views.entry import of_application
from services.applications.views.pages import draw
from services.casework import requested
from services.casework.operations import SLIP_SLOT
from services.catalogue.definition import RequiredDocument
from services.documents import responses
from services.documents.models import Document, Sheet
from services.documents.refusals import message
from services.foundation import clock, limits
from services.foundation.errors import UnableTo
from services.foundation.texts import local

#: Uploads of one person, so that nobody fills the disk.
UPLOADS_RATE = "200/h/user"


@of_application()
def document(request: HttpRequest, application: Application, slot: str) -> HttpResponse:
    """One document: its sheets while it is put together, its making, its pages when it is ready."""
    wanted = _wanted(application, slot)
    form = SheetsForm()
    if request.method == "POST":
        form = SheetsForm(request.POST, request.FILES)
        if not limits.is_within(request, action="add_sheets", rate=UPLOADS_RATE):
            form.refuse(
                _("You have sent very many files within the hour. Everything is kept; go on a little later.")
            )
        elif form.is_valid() and _added(request, application, wanted, form):
            return redirect(application.url("document", slot=slot))
        # Sheets of the same upload that could be used were kept; the page shows them.
        application = Application(application.flow, application.case, application.reader)
    context = _page(application, wanted) | {"form": form, "lost_files": typed.lost_files(request)}
    return draw(request, application, "document", context)


@of_application(only_post=True)
def finish(request: HttpRequest, application: Application, slot: str) -> HttpResponse:
    """All sheets are there."""
    found = application.documents.get(_wanted(application, slot).key)
    if found is not None:
        _tried(request, lambda: operations.finish_document(found, at=clock.now()))
    return redirect(application.url("document", slot=slot))


@of_application(only_post=True)
def again(request: HttpRequest, application: Application, slot: str, sheet: UUID) -> HttpResponse:
    """Remove a sheet that cannot be read."""
    wanted, chosen = _wanted(application, slot), _sheet(application, slot, sheet)
    _tried(request, lambda: operations.take_again(application, wanted, chosen, at=clock.now()))
    return redirect(application.url("document", slot=slot))


@of_application(only_post=True)
def move(request: HttpRequest, application: Application, slot: str, sheet: UUID) -> HttpResponse:
    """Move a sheet one place towards the front."""
    chosen = _sheet(application, slot, sheet)
    _tried(request, lambda: operations.move_forward(chosen, at=clock.now()))
    return redirect(application.url("document", slot=slot))


@of_application(only_post=True)
def remove(request: HttpRequest, application: Application, slot: str) -> HttpResponse:
    """Take the whole document away, to begin it anew."""
    wanted = _wanted(application, slot)
    if wanted.key in application.documents:
        _tried(request, lambda: operations.remove_document(application, wanted, at=clock.now()))
    return redirect(application.url("document", slot=slot))


@of_application(only_post=True)
def reopen(request: HttpRequest, application: Application, slot: str) -> HttpResponse:
    """Go back to the sheets of a document that could not be joined."""
    found = application.documents.get(_wanted(application, slot).key)
    if found is not None:
        _tried(request, lambda: operations.reopen_document(found, at=clock.now()))
    return redirect(application.url("document", slot=slot))


@of_application(only_post=True)
def reuse(request: HttpRequest, application: Application, slot: str) -> HttpResponse:
    """Use a document of an earlier application."""
    wanted = _wanted(application, slot)
    known = {str(each.pk): each for each in queries.reusable_documents(application.reader, but=None)}
    chosen = known.get(request.POST.get("document", ""))
    _tried(request, lambda: operations.reuse_document(application, wanted, document=chosen, at=clock.now()))
    return redirect(application.url("document", slot=slot))


@of_application()
def progress(request: HttpRequest, application: Application, slot: str) -> HttpResponse:
    """Where the joining stands: the fragment that the page asks for every two seconds."""
    context = _progress(application, _wanted(application, slot))
    return render(request, "components/progress.html", context)


@of_application()
def picture(request: HttpRequest, application: Application, slot: str, sheet: UUID) -> FileResponse:
    """The picture of a sheet, made by us; the file itself is never shown."""
    chosen = _sheet(application, slot, sheet)
    if not chosen.picture:
        raise Http404
    return responses.sheet_picture(chosen)


def _wanted(application: Application, slot: str) -> RequiredDocument:
    wanted = application.slot(slot)
    if wanted is None:
        raise Http404
    return wanted


def _sheet(application: Application, slot: str, sheet: UUID) -> Sheet:
    found = queries.sheet_in(application.documents.get(_wanted(application, slot).key), sheet)
    if found is None:
        raise Http404
    return found


def _added(
    request: HttpRequest, application: Application, wanted: RequiredDocument, form: SheetsForm
) -> bool:
    try:
        operations.add_sheets(application, wanted, uploads=form.cleaned_data["upload"], at=clock.now())
    except UnableTo as refusal:
        for line in getattr(refusal, "messages", [refusal.message]):
            form.refuse(line, field="upload")
        return False
    return True


def _tried(request: HttpRequest, step: Any) -> None:
    """Do one step; what it refuses is told on the next page."""
    try:
        step()
    except UnableTo as refusal:
        messages.error(request, refusal.message)


def _page(application: Application, wanted: RequiredDocument) -> dict[str, Any]:
    found = application.documents.get(wanted.key)
    sheets = queries.sheets_of(found) if found and found.is_draft else []
    defects = application.defects_in_words(wanted.key)
    asked = application.request_at(wanted.key)
    return {
        "wanted": wanted,
        "document": found,
        "state": found.state if found else "",
        "sheets": [_shown(application, wanted, sheet) for sheet in sheets],
        "is_full": len(sheets) >= wanted.maximum_pages,
        "defects": defects,
        "must_be_replaced": bool(defects) and wanted.key not in application.changed,
        "progress": _progress(application, wanted) if found else None,
        "refusal": message(found.refusal) if found and found.refusal else "",
        "pages": range(1, found.page_count + 1) if found and found.is_ready else (),
        "reusable": _reusable(application, wanted, found),
        "asked": requested.asked(asked) if asked else None,
        "back": _back(application, wanted),
        "onward": _onward(application, wanted),
        "urls": {
            name: application.url(name, slot=wanted.key)
            for name in ("document", "finish", "remove", "reopen", "reuse")
        },
    }


def _shown(application: Application, wanted: RequiredDocument, sheet: Sheet) -> dict[str, Any]:
    where = {"slot": wanted.key, "sheet": sheet.pk}
    return {
        "number": sheet.position,
        "name": sheet.name,
        "pages": sheet.pages,
        "is_photo": sheet.is_photo,
        "picture": application.url("picture", **where) if sheet.picture else "",
        "again": application.url("again", **where),
        "move": application.url("move", **where) if sheet.position > 1 else "",
    }


def _progress(application: Application, wanted: RequiredDocument) -> dict[str, Any]:
    found = application.documents.get(wanted.key)
    here = application.url("document", slot=wanted.key)
    shown = {
        "url": application.url("progress", slot=wanted.key),
        "state": "running",
        "href": here,
        "link": _("Look at it"),
    }
    if found is None or found.state == Document.State.REFUSED or found.is_draft:
        return shown | {"state": "failed", "text": _("This document could not be prepared.")}
    if found.state == Document.State.JOINING:
        return shown | {"text": _("Your sheets are being joined to one document. You can go on meanwhile.")}
    pages = ngettext("Ready: %(number)d page.", "Ready: %(number)d pages.", found.page_count)
    return shown | {"state": "done", "text": pages % {"number": found.page_count}}


def _reusable(application: Application, wanted: RequiredDocument, found: Document | None) -> list[Document]:
    """Documents sent before, those of the same name first, none that stands in this application already.

    They are offered to the applicant alone: a helper does not collect other people's papers.
    """
    if application.is_helped or (found is not None and found.state != Document.State.REFUSED):
        return []
    here = {each.pk for each in application.documents.values()}
    known = [
        each for each in queries.reusable_documents(application.reader, but=found) if each.pk not in here
    ]
    return sorted(known, key=lambda each: each.title != local(wanted.title))


def _back(application: Application, wanted: RequiredDocument) -> str:
    if application.request_at(wanted.key):
        return reverse("casework:case", args=[application.case.reference])
    return application.url("confirmation" if wanted.key == SLIP_SLOT else "tasks")


def _onward(application: Application, wanted: RequiredDocument) -> str:
    if wanted.key == SLIP_SLOT:
        return application.url("confirmation")
    if application.request_at(wanted.key):
        return application.url("document", slot=wanted.key)
    return tasklist.next_document(application, wanted.key)

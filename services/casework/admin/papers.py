"""The documents of a file on the desk: their pictures, large, and the originals as downloads. Both go on record."""

from uuid import UUID

from django.contrib import admin
from django.http import Http404
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from services.accounts.http import CitizenRequest
from services.casework import letters, queries
from services.casework.admin import door, passes
from services.casework.admin.access import contents_of
from services.casework.models import Case, CaseDocument
from services.casework.queries import Role
from services.documents import queries as documents
from services.documents import responses
from services.foundation import clock


@require_safe
def document(request: CitizenRequest, reference: str, document_id: UUID) -> HttpResponseBase:
    """All pages of one document, large."""
    case, role, attached = _attached(request, reference, document_id)
    _record(request, case, role, attached)
    context = {
        **admin.site.each_context(request),
        "title": letters.title_of(case.service_version.parsed, attached.slot),
        "case": case,
        "attached": attached,
        "previews": documents.previews_of(attached.document),
        "pass": passes.issue(request.user, case),
    }
    return TemplateResponse(request, "casework/desk/document.html", context)


@require_safe
def original(request: CitizenRequest, reference: str, document_id: UUID) -> HttpResponseBase:
    """The document as a download, never shown in a page."""
    case, role, attached = _attached(request, reference, document_id)
    if not attached.document.is_ready:
        raise Http404
    _record(request, case, role, attached)
    return responses.document(attached.document)


@require_safe
def picture(request: CitizenRequest, reference: str, document_id: UUID, number: int) -> HttpResponseBase:
    """The picture of one page, for whoever holds the pass of a recorded opening."""
    case, _role, attached = _attached(request, reference, document_id)
    if not passes.is_good(request.GET.get("pass", ""), request.user, case):
        raise Http404
    preview = documents.preview_page(attached.document, number)
    if preview is None:
        raise Http404
    return responses.preview(preview)


def _attached(request: CitizenRequest, reference: str, document_id: UUID) -> tuple[Case, Role, CaseDocument]:
    case, role = contents_of(request, reference)
    attached = queries.attached_document(case, document_id) if role.reads_contents(case) else None
    if attached is None:
        raise Http404
    return case, role, attached


def _record(request: CitizenRequest, case: Case, role: Role, attached: CaseDocument) -> None:
    door.record(request, case, role, at=clock.now(), what=attached.slot)

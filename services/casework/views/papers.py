"""The papers of a case for its citizen's side: documents that were sent, the certificate that came."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from services.accounts.http import CitizenRequest
from services.casework import queries
from services.casework.views import rows
from services.casework.views.citizen import own_case
from services.documents import queries as documents
from services.documents import rendering, responses
from services.government import queries as government


@require_safe
def document(request: CitizenRequest, reference: str, document_id: UUID) -> HttpResponseBase:
    """A document of the case, as a download."""
    attached = queries.attached_document(own_case(request, reference), document_id)
    if attached is None or not attached.document.is_ready:
        raise Http404
    return responses.document(attached.document)


@require_safe
def page_picture(request: CitizenRequest, reference: str, document_id: UUID, page: int) -> HttpResponseBase:
    """The picture of one page of a document of the case."""
    attached = queries.attached_document(own_case(request, reference), document_id)
    preview = documents.preview_page(attached.document, page) if attached else None
    if preview is None:
        raise Http404
    return responses.preview(preview)


@require_safe
@never_cache
def certificate(request: CitizenRequest, reference: str) -> HttpResponseBase:
    """The signed certificate, as a download."""
    paper = documents.certificate_of(own_case(request, reference).reference)
    if paper is None or not paper.is_signed:
        raise Http404
    return responses.certificate(paper)


@require_safe
@never_cache
def certificate_letter(request: CitizenRequest, reference: str) -> HttpResponseBase:
    """The signed certificate as a page: the same words as the PDF, for whoever reads or listens on a phone."""
    case = own_case(request, reference)
    paper = rows.paper(case)
    if paper is None or paper.certificate is None or not paper.certificate.is_signed:
        raise Http404
    context = {
        "case": case,
        "standing": paper,
        "certificate": paper.certificate,
        "paper": rendering.paper_of(paper.certificate),
        "office": government.office_contact(case.agency),
    }
    return render(request, "casework/certificate_letter.html", context)

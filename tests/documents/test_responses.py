"""A file is handed over, never shown: attachment, not sniffed, sandboxed; only pictures of ours are shown."""

import pytest
from django.http import FileResponse
from django.test import RequestFactory

from portal.csp import ContentSecurityPolicyMiddleware
from services.accounts.models import User
from services.documents import queries, responses
from tests.factories import documents

pytestmark = pytest.mark.django_db


def _close(response: FileResponse) -> None:
    """Close the file alone: closing the whole response would end the request, and the database with it."""
    if response.file_to_stream:
        response.file_to_stream.close()


def sent(response: FileResponse) -> bytes:
    assert response.streaming
    content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    _close(response)
    return content


def test_a_document_is_an_attachment_that_can_do_nothing(citizen: User) -> None:
    response = responses.document(documents.ready_document(owner=citizen, title="KTP & Kartu “Keluarga” á"))
    assert response["Content-Disposition"] == 'attachment; filename="KTP-Kartu-Keluarga-a.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Cache-Control"] == "private, no-store"
    assert sent(response).startswith(b"%PDF-")


def test_the_portals_own_policy_does_not_take_the_sandbox_away(citizen: User) -> None:
    document = documents.ready_document(owner=citizen)
    middleware = ContentSecurityPolicyMiddleware(lambda _request: responses.document(document))
    response = middleware(RequestFactory().get("/cases/x/"))
    assert isinstance(response, FileResponse)
    assert response["Content-Security-Policy"] == responses.SANDBOX
    _close(response)


def test_a_sheet_is_an_attachment_under_its_senders_name(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=1)
    response = responses.sheet(queries.sheets_of(document)[0])
    assert response["Content-Disposition"] == 'attachment; filename="lembar1.jpg"'
    assert sent(response).startswith(b"\xff\xd8")


def test_pictures_are_shown_and_are_ours(citizen: User) -> None:
    document = documents.ready_document(owner=citizen)
    preview = queries.preview_page(document, 1)
    assert preview
    response = responses.preview(preview)
    assert (response["Content-Disposition"], response["Content-Type"]) == ("inline", "image/jpeg")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert sent(response).startswith(b"\xff\xd8")
    assert queries.preview_page(document, 2) is None


def test_a_certificate_is_called_by_its_number() -> None:
    certificate = documents.signed_certificate()
    response = responses.certificate(certificate)
    assert certificate.number.replace("/", "-") in response["Content-Disposition"]
    assert sent(response) == documents.paper(certificate)

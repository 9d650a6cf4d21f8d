"""Answers that carry a file. Whether the reader may see it was asked before by the app that serves it."""

import re
import unicodedata

from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.http import content_disposition_header

from services.documents.models import Certificate, Document, Preview, Sheet

PDF = "application/pdf"
JPEG = "image/jpeg"
# Whatever a browser makes of the file: no script, no origin of ours, nothing loaded, no frame around it.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(file: FieldFile, *, filename: str, content_type: str = PDF) -> FileResponse:
    """A file to be saved, never shown: as attachment, not sniffed, sandboxed, kept by no cache."""
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    return _answer(file, content_type=content_type, disposition=disposition)


def document(kept: Document) -> FileResponse:
    """The joined PDF of a document."""
    return attachment(kept.file, filename=f"{_plain(kept.title) or 'dokumen'}.pdf")


def sheet(kept: Sheet) -> FileResponse:
    """One sheet as it was accepted."""
    suffix = "jpg" if kept.is_photo else "pdf"
    filename = f"{_plain(kept.name.rsplit('.', 1)[0]) or 'lembar'}.{suffix}"
    return attachment(kept.file, filename=filename, content_type=kept.content_type)


def certificate(signed: Certificate) -> FileResponse:
    """The signed paper, called by its number."""
    return attachment(signed.file, filename=f"{_plain(signed.number)}.pdf")


def preview(picture: Preview) -> FileResponse:
    """The picture of a page, which we drew: the only thing of a document that is shown."""
    return _picture(picture.image)


def sheet_picture(kept: Sheet) -> FileResponse:
    """The picture of a sheet, which we drew; the sheet must have one (`sheet.picture`)."""
    return _picture(kept.picture)


def _picture(file: FieldFile) -> FileResponse:
    return _answer(file, content_type=JPEG, disposition="inline")


def _answer(file: FieldFile, *, content_type: str, disposition: str | None) -> FileResponse:
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(name: str) -> str:
    """A file name that every system takes: letters and digits of ASCII with dashes between."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.]+", "-", ascii_name).strip("-.")[:80]

"""Files as strangers send them, documents at every point of their making, certificates ordered, signed and ended."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from services.accounts.models import User
from services.documents import operations
from services.documents.content import CertificateContent, Field, Signatory, Text
from services.documents.models import Certificate, Document, Preview, Sheet
from services.foundation import clock
from tests.factories import accounts

PREFIX = "503.REK"


def picture(
    kind: str = "JPEG", *, size: tuple[int, int] = (640, 900), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture with a dark corner at its upper left, so that one can see which way up it is."""
    image = Image.new(mode, size, "white" if mode in {"RGB", "RGBA", "L"} else 255)
    if mode in {"RGB", "RGBA", "L"}:
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def pdf(*, pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any) -> bytes:
    """A PDF of blank pages; `change` may do to it what a PDF from outside may have done to it."""
    written = io.BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        if change:
            change(made)
        made.save(written, **options)
    return written.getvalue()


def upload(content: bytes | None = None, *, name: str = "foto.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it; a photo unless told otherwise."""
    return SimpleUploadedFile(name, picture() if content is None else content)


def draft_document(owner: User | None, *, title: str = "KTP") -> Document:
    """A document without sheets."""
    return operations.start_document(owner=owner, title=title, at=clock.now())


def photographed_document(owner: User, *, sheets: int = 2) -> Document:
    """A draft of some photographed sheets."""
    document = draft_document(owner)
    for number in range(1, sheets + 1):
        operations.add_sheet(document, upload=upload(name=f"lembar{number}.jpg"), at=clock.now())
    return document


def joined_document(owner: User, *, sheets: int = 2) -> Document:
    """A document that went the whole way: photographed, finished, joined, drawn."""
    document = operations.finish_document(photographed_document(owner, sheets=sheets), at=clock.now())
    return operations.join_document(document.id, at=clock.now())


def ready_document(
    *, owner: User | None, title: str = "KTP", pages: int = 1, at: datetime | None = None
) -> Document:
    """A ready document, put there at once for tests that are about something else."""
    at = at or clock.now()
    content, drawn = blank_pages(pages)
    document = Document(owner=owner, title=title, state=Document.State.READY, created_at=at)
    document.page_count, document.size = pages, len(content)
    document.finished_at, document.ready_at = at, at
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.file.save("document.pdf", ContentFile(content), save=False)
    document.save(force_insert=True)
    sheet = Sheet(
        document=document, position=1, name="ktp.pdf", content_type="application/pdf", created_at=at
    )
    sheet.size, sheet.sha256, sheet.file = document.size, document.sha256, document.file.name
    sheet.pages = pages
    sheet.save(force_insert=True)
    for page in range(1, pages + 1):
        preview = Preview(document=document, page=page, width=320, height=450)
        preview.image.save(f"{page}.jpg", ContentFile(drawn), save=False)
        preview.save(force_insert=True)
    return document


@lru_cache(maxsize=4)
def blank_pages(pages: int) -> tuple[bytes, bytes]:
    """A PDF of blank pages and a picture of one."""
    return pdf(pages=pages), picture(size=(320, 450))


def wording(**changes: Any) -> CertificateContent:
    """The wording of a billboard permit."""
    content = CertificateContent(
        body=Text(id="Memberi izin memasang reklame.", en="Permits the holder to put up a sign."),
        conditions=[Text(id="Reklame tetap aman dan bersih.", en="The sign stays safe and clean.")],
        fields=[Field(label=Text(id="Teks", en="Words"), value=Text(id="Warung Bu Sri", en="Warung Bu Sri"))],
        legal_basis=["Peraturan Daerah Kota Surabaya Nomor 5 Tahun 2019"],
        signatory=Signatory(name="Sri Pejabat", role=Text(id="Kepala Dinas", en="Head of the Office")),
        decided_on=clock.today(),
    )
    return content.model_copy(update=changes)


def ordered_certificate(**changes: Any) -> Certificate:
    """A certificate that waits for its seal."""
    accounts.agency("dpmptsp")
    at: datetime = changes.pop("at", None) or clock.now()
    today: date = clock.local_date(at)
    wanted: dict[str, Any] = {
        "reference": "P-7K3F9-QXM2E",
        "kind": "PERMIT",
        "holder_name": "Budi Santoso",
        "title": {"id": "Izin Penyelenggaraan Reklame", "en": "Billboard permit"},
        "content": wording(),
        "agency_code": "dpmptsp",
        "number_prefix": PREFIX,
        "valid_from": today,
        "valid_until": today + timedelta(days=365),
    }
    dedupe_key = changes.pop("dedupe_key", f"test:{uuid4()}")
    return operations.order_certificate(operations.Order(**wanted | changes), dedupe_key=dedupe_key, at=at)


def signed_certificate(**changes: Any) -> Certificate:
    """A certificate with its sealed paper."""
    return operations.sign_certificate(ordered_certificate(**changes).id, at=clock.now())


def paper(certificate: Certificate) -> bytes:
    """The PDF of a signed certificate."""
    with certificate.file.open("rb") as file:
        content: bytes = file.read()
    return content

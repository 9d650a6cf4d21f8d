"""What Celery does with what was sent: one PDF of all sheets, and pictures of its pages."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.documents import sandbox
from services.documents.models import Document, Preview, Sheet
from services.documents.storage import private_storage
from services.outbox import operations as outbox

PAGES_AT_ONCE = 10


@dataclass(frozen=True)
class Joined:
    """A joined document before it is kept: the PDF and, by page from 1, (JPEG, width, height)."""

    pdf: bytes
    pictures: Mapping[int, tuple[bytes, int, int]]


def join_document(document_id: UUID | str, *, at: datetime) -> Document:
    """Join the sheets of a finished document and draw its pages. A second run finds the work done and changes nothing."""
    document = Document.objects.get(pk=document_id)
    if document.state != Document.State.JOINING:
        return document
    try:
        joined = _joined(document)
    except sandbox.ChildRefused as refused:
        return _refuse(document, code=refused.code, at=at)
    return _keep(document, joined, at=at)


def draw_sheet(sheet_id: UUID | str) -> None:
    """Draw the first page of a PDF sheet, so that its owner sees what they chose. Photos have their picture already."""
    sheet = Sheet.objects.filter(pk=sheet_id, picture="").first()
    if sheet is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = _copy(sheet.file.name, Path(folder) / "sheet.pdf")
        try:
            picture, _width, _height = _drawn(source, Path(folder), first=1, last=1)[1]
        except sandbox.ChildRefused:
            return
    sheet.picture.save("picture.jpg", ContentFile(picture), save=False)
    if not Sheet.objects.filter(pk=sheet_id, picture="").update(picture=sheet.picture.name):
        private_storage().delete(str(sheet.picture.name))


def _joined(document: Document) -> Joined:
    """Join in a folder that is emptied afterwards. A single PDF stays as it came: a signature in it still counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheets = [
            _copy(sheet.file.name, folder / f"sheet{sheet.position}{'.jpg' if sheet.is_photo else '.pdf'}")
            for sheet in document.sheets.order_by("position")
        ]
        result = folder / "joined.pdf"
        if len(sheets) == 1 and sheets[0].suffix == ".pdf":
            result = sheets[0]
        else:
            sandbox.run("join_pdf", result, *sheets, limits=sandbox.Limits(seconds=60))
        return Joined(pdf=result.read_bytes(), pictures=_all_drawn(result, folder))


def _all_drawn(source: Path, folder: Path) -> dict[int, tuple[bytes, int, int]]:
    """Draw some pages a child at a time, so that no child needs long."""
    pictures: dict[int, tuple[bytes, int, int]] = {}
    first = 1
    while True:
        drawn = _drawn(source, folder, first=first, last=first + PAGES_AT_ONCE - 1)
        pictures |= drawn
        if len(drawn) < PAGES_AT_ONCE:
            return pictures
        first += PAGES_AT_ONCE


def _drawn(source: Path, folder: Path, *, first: int, last: int) -> dict[int, tuple[bytes, int, int]]:
    answer = sandbox.run("draw_pages", source, folder, first, last, limits=sandbox.Limits(seconds=40))
    return {
        int(page): ((folder / f"{page}.jpg").read_bytes(), width, height)
        for page, (width, height) in answer["drawn"].items()
    }


def _copy(name: str | None, target: Path) -> Path:
    with private_storage().open(str(name)) as source:
        target.write_bytes(source.read())
    return target


def _keep(document: Document, joined: Joined, *, at: datetime) -> Document:
    document.file.save("document.pdf", ContentFile(joined.pdf), save=False)
    previews = [_preview(document, page, *picture) for page, picture in joined.pictures.items()]
    files = [document.file.name, *(preview.image.name for preview in previews)]
    with _joining(document, files) as locked:
        if locked is not None:
            locked.file, locked.size = document.file.name, len(joined.pdf)
            locked.sha256 = hashlib.sha256(joined.pdf).hexdigest()
            locked.page_count, locked.state, locked.ready_at = len(previews), Document.State.READY, at
            locked.save()
            Preview.objects.bulk_create(previews)
            _tell("documents.document.ready", locked, at=at, details={"sha256": locked.sha256})
    return Document.objects.get(pk=document.pk)


def _refuse(document: Document, *, code: str, at: datetime) -> Document:
    with _joining(document, []) as locked:
        if locked is not None:
            locked.state, locked.refusal = Document.State.REFUSED, code
            locked.save(update_fields=["state", "refusal"])
            _tell("documents.document.refused", locked, at=at, details={"code": code})
    return Document.objects.get(pk=document.pk)


@contextmanager
def _joining(document: Document, files: list[str | None]) -> Iterator[Document | None]:
    """The locked row while it still waits to be joined; otherwise None, and the files made in vain are deleted."""
    is_kept = False
    try:
        with transaction.atomic():
            locked = Document.objects.select_for_update().filter(pk=document.pk, state="JOINING").first()
            yield locked
        is_kept = locked is not None
    finally:
        if not is_kept:
            for name in filter(None, files):
                private_storage().delete(name)


def _preview(document: Document, page: int, picture: bytes, width: int, height: int) -> Preview:
    preview = Preview(document=document, page=page, width=width, height=height)
    preview.image.save(f"{page}.jpg", ContentFile(picture), save=False)
    return preview


def _tell(topic: str, document: Document, *, at: datetime, details: dict[str, str]) -> None:
    """Record what happened and publish it under the same name."""
    audit.record(topic, actor=SYSTEM, subject=Subject("document", str(document.id)), at=at, details=details)
    key = f"document:{document.id}:{topic}:{at.isoformat()}"
    outbox.publish(topic, {"document": str(document.id), **details}, dedupe_key=key, at=at)

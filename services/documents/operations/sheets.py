"""What the owner does with a document: sheets come, go and move, then it is finished."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max, ProtectedError, Sum
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.audit import operations as audit
from services.audit.actors import ANONYMOUS, USER, Actor, Subject
from services.documents import intake
from services.documents.models import Document, Sheet
from services.documents.storage import private_storage
from services.foundation.errors import UnableTo
from services.outbox import operations as outbox

MAXIMUM_SHEETS = 30


class UnableToChangeDocument(UnableTo):
    """The document cannot be changed as it stands."""


def start_document(*, owner: User | None, at: datetime, title: str = "") -> Document:
    """Start an empty document. `title` is what its owner will know it by when it is used again."""
    return Document.objects.create(owner=owner, title=title[:200], created_at=at)


def add_sheet(
    document: Document,
    *,
    upload: UploadedFile[bytes],
    at: datetime,
    maximum_pages: int = intake.MAXIMUM_PAGES,
) -> Sheet:
    """Add one photo or PDF at the end. Raises UnableToAcceptFile (field "upload") and leaves the document as it was."""
    accepted = intake.accept(upload, maximum_pages=maximum_pages)
    with _files_of(Sheet(document=document)) as sheet, _draft(document) as locked:
        known = locked.sheets.aggregate(last=Max("position", default=0), pages=Sum("pages", default=0))
        if known["last"] >= MAXIMUM_SHEETS:
            raise intake.UnableToAcceptFile("TOO_MANY_SHEETS")
        if known["pages"] + accepted.pages > maximum_pages:
            raise intake.UnableToAcceptFile("TOO_MANY_PAGES")
        _fill(sheet, accepted)
        sheet.position, sheet.created_at = known["last"] + 1, at
        sheet.save(force_insert=True)
        _record("documents.sheet.added", locked, at=at, details={"sheet": sheet.id, "sha256": sheet.sha256})
        outbox.publish(
            "documents.sheet.added", {"sheet": str(sheet.id)}, dedupe_key=f"sheet:{sheet.id}", at=at
        )
    return sheet


def remove_sheet(sheet: Sheet, *, at: datetime) -> Document:
    """Remove a sheet and its files; those behind it move up."""
    with _draft(sheet.document) as locked:
        sheet = locked.sheets.get(pk=sheet.pk)
        sheet_id, position = sheet.id, sheet.position
        _forget_files([sheet.file.name, sheet.picture.name])
        sheet.delete()
        locked.sheets.filter(position__gt=position).update(position=F("position") - 1)
        _record("documents.sheet.removed", locked, at=at, details={"sheet": sheet_id})
    return locked


def move_sheet(sheet: Sheet, *, to: int, at: datetime) -> Document:
    """Move a sheet to position `to` (from 1); the others make room. Beyond the end means the end."""
    with _draft(sheet.document) as locked:
        order = list(locked.sheets.order_by("position"))
        order.insert(max(to, 1) - 1, order.pop(order.index(sheet)))
        for position, moved in enumerate(order, start=1):
            moved.position = position
        Sheet.objects.bulk_update(order, ["position"])
        _record("documents.sheet.moved", locked, at=at, details={"sheet": sheet.id, "to": to})
    return locked


def finish_document(document: Document, *, at: datetime) -> Document:
    """Say that all sheets are there; Celery then joins them. Finishing twice is one finishing."""
    with transaction.atomic():
        locked = _locked(document)
        if locked.state in {Document.State.JOINING, Document.State.READY}:
            return locked
        if locked.state != Document.State.DRAFT or not locked.sheets.exists():
            raise UnableToChangeDocument(
                _("Add at least one photo or PDF first."), code="no_sheets", field="upload"
            )
        locked.state, locked.finished_at = Document.State.JOINING, at
        locked.save(update_fields=["state", "finished_at"])
        _record("documents.document.finished", locked, at=at)
        outbox.publish(
            "documents.document.finished",
            {"document": str(locked.id)},
            dedupe_key=f"document:{locked.id}:finished:{at.isoformat()}",
            at=at,
        )
    return locked


def reopen_document(document: Document, *, at: datetime) -> Document:
    """Take a refused document back to a draft, with every sheet it had, so that the bad one can be taken again."""
    with transaction.atomic():
        locked = _locked(document)
        if locked.state == Document.State.REFUSED:
            locked.state, locked.refusal, locked.finished_at = Document.State.DRAFT, "", None
            locked.save(update_fields=["state", "refusal", "finished_at"])
            _record("documents.document.reopened", locked, at=at)
    return locked


def discard_document(document: Document, *, at: datetime) -> None:
    """Delete a draft or refused document that no application holds, with its files."""
    with transaction.atomic():
        locked = _locked(document)
        if locked.state not in {Document.State.DRAFT, Document.State.REFUSED}:
            raise UnableToChangeDocument(_("This document is finished and stays as it is."), code="finished")
        sheets = list(locked.sheets.all())
        _record("documents.document.discarded", locked, at=at)
        try:
            locked.delete()
        except ProtectedError:
            raise UnableToChangeDocument(
                _("This document belongs to an application. Take it out there first."), code="in_use"
            ) from None
        _forget_files([name for sheet in sheets for name in (sheet.file.name, sheet.picture.name)])


def forget_document(document: Document, *, at: datetime) -> bool:
    """Delete a document in any state with all its files, unless something still holds it; returns whether it is gone."""
    with transaction.atomic():
        locked = _locked(document)
        sheets, previews = list(locked.sheets.all()), list(locked.previews.all())
        try:
            with transaction.atomic():
                locked.delete()
        except ProtectedError:
            return False
        _record("documents.document.forgotten", document, at=at)
        _forget_files([locked.file.name, *(picture.image.name for picture in previews)])
        _forget_files([name for sheet in sheets for name in (sheet.file.name, sheet.picture.name)])
    return True


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


@contextmanager
def _draft(document: Document) -> Iterator[Document]:
    """The locked row of a document whose sheets may still change, in a transaction of its own."""
    with transaction.atomic():
        locked = _locked(document)
        if not locked.is_draft:
            raise UnableToChangeDocument(
                _("This document is finished and stays as it is. Start a new one to change it."),
                code="finished",
            )
        yield locked


@contextmanager
def _files_of(sheet: Sheet) -> Iterator[Sheet]:
    """Delete the sheet's files again when its row does not come to be."""
    try:
        yield sheet
    except BaseException:
        for name in filter(None, (sheet.file.name, sheet.picture.name)):
            private_storage().delete(name)
        raise


def _fill(sheet: Sheet, accepted: intake.AcceptedFile) -> None:
    sheet.name = accepted.name
    sheet.content_type = accepted.content_type
    sheet.size = accepted.size
    sheet.pixels = accepted.pixels
    sheet.pages = accepted.pages
    sheet.sha256 = accepted.sha256
    sheet.file.save(f"sheet{accepted.suffix}", ContentFile(accepted.content), save=False)
    if accepted.picture:
        sheet.picture.save("picture.jpg", ContentFile(accepted.picture), save=False)


def _forget_files(names: Iterable[str | None]) -> None:
    """Delete files once the rows that named them are gone for good."""
    for name in filter(None, names):
        transaction.on_commit(partial(private_storage().delete, name), robust=True)


def _record(
    action: str, document: Document, *, at: datetime, details: dict[str, object] | None = None
) -> None:
    owner = document.owner
    actor = Actor(kind=USER, pseudonym=owner.pseudonym) if owner else ANONYMOUS
    audit.record(action, actor=actor, subject=Subject("document", str(document.id)), at=at, details=details)

"""The documents of an application: photographed sheet by sheet, finished, used again, taken again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.applications.journey import Application
from services.casework import operations as casework
from services.catalogue.definition import RequiredDocument
from services.documents import operations as documents
from services.documents.models import Document, Sheet
from services.foundation.errors import UnableTo
from services.foundation.texts import local


class UnableToReuse(UnableTo):
    """The document cannot be used here: it is not the reader's, or not ready."""


class SomeFilesRefused(UnableTo):
    """Some of the files cannot be used; the others were added. `kept` counts those."""

    def __init__(self, messages: Sequence[str], *, kept: int) -> None:
        super().__init__(" ".join(messages), code="some_refused", field="upload")
        self.messages, self.kept = list(messages), kept


def add_sheets(
    application: Application,
    wanted: RequiredDocument,
    *,
    uploads: "Sequence[UploadedFile[Any]]",
    at: datetime,
) -> Document:
    """Add photos or PDFs to the document of a slot, which begins with the first of them.

    Files that can be used are kept even where others are refused: raises SomeFilesRefused after that.
    """
    document = application.documents.get(wanted.key)
    refused: list[str] = []
    for upload in uploads:
        try:
            document = _add(application, wanted, document, upload, at=at)
        except documents.UnableToAcceptFile as refusal:
            refused.append(f"{upload.name}: {refusal.message}" if len(uploads) > 1 else str(refusal.message))
    if refused or document is None:
        raise SomeFilesRefused(refused, kept=len(uploads) - len(refused))
    return document


def _add(
    application: Application,
    wanted: RequiredDocument,
    document: Document | None,
    upload: "UploadedFile[Any]",
    *,
    at: datetime,
) -> Document:
    """Add one file; where there is no open document yet, begin one and put it into the slot."""
    if document is not None and document.is_draft:
        documents.add_sheet(document, upload=upload, at=at, maximum_pages=wanted.maximum_pages)
        return document
    with transaction.atomic():
        begun = documents.start_document(owner=_owner(application), title=local(wanted.title), at=at)
        documents.add_sheet(begun, upload=upload, at=at, maximum_pages=wanted.maximum_pages)
        casework.attach_document(
            application.case, actor=application.reader, slot=wanted.key, document=begun, at=at
        )
    return begun


def take_again(application: Application, wanted: RequiredDocument, sheet: Sheet, *, at: datetime) -> None:
    """Remove a sheet that cannot be read; a document without sheets leaves its slot."""
    document = documents.remove_sheet(sheet, at=at)
    if not document.sheets.exists():
        remove_document(application, wanted, at=at)


def remove_document(application: Application, wanted: RequiredDocument, *, at: datetime) -> None:
    """Take the document out of its slot, so that another one can take its place."""
    casework.detach_document(application.case, actor=application.reader, slot=wanted.key, at=at)


def finish_document(document: Document, *, at: datetime) -> Document:
    """Say that every sheet is there; the server then joins them to one PDF."""
    return documents.finish_document(document, at=at)


def reopen_document(document: Document, *, at: datetime) -> Document:
    """Go back to the sheets of a document that could not be joined."""
    return documents.reopen_document(document, at=at)


def move_forward(sheet: Sheet, *, at: datetime) -> Document:
    """Move a sheet one place towards the front."""
    return documents.move_sheet(sheet, to=sheet.position - 1, at=at)


def reuse_document(
    application: Application, wanted: RequiredDocument, *, document: Document | None, at: datetime
) -> None:
    """Put a document of an earlier application into this slot. Raises UnableToReuse."""
    if document is None or not document.is_ready or document.owner_id != application.reader.pk:
        raise UnableToReuse(_("Choose one of the documents in the list."), code="unknown", field="document")
    casework.attach_document(
        application.case, actor=application.reader, slot=wanted.key, document=document, at=at
    )


def _owner(application: Application) -> User | None:
    """Whose document it is, to be used again: the applicant's own; a helper does not collect other people's papers."""
    person = application.case.applicant
    return person.user if person and person.user_id else None

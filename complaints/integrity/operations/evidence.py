"""Evidence: photos and PDFs, drawn anew so that they say nothing but what they show, owned by nobody."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from complaints.integrity.values import MOST_FILES, UnableToReceive
from complaints.models import DraftPhoto
from services.casework.models import CaseDocument
from services.documents import intake
from services.documents import operations as documents
from services.documents.models import Document

#: As the photos of any report are called, so that the name tells them apart from none.
TITLE: Final = "Foto"
MOST_PAGES: Final = 10
#: How long evidence of a report that was never sent is kept: longer than its draft, whose key is gone by then.
UNSENT_KEPT: Final = timedelta(days=1)


def take_evidence(
    uploads: Sequence[UploadedFile[bytes]], *, room: int = MOST_FILES, at: datetime
) -> list[Document]:
    """The files as they will be kept, one document each. All of them or none; raises UnableToReceive (field "upload")."""
    if len(uploads) > room:
        raise UnableToReceive(
            code="files", message=_("At most %(limit)d files.") % {"limit": MOST_FILES}, field="upload"
        )
    taken: list[Document] = []
    try:
        for upload in uploads:
            taken.append(document := documents.start_document(owner=None, title=TITLE, at=at))
            for page in intake.without_traces(upload, name="foto", maximum_pages=MOST_PAGES):
                documents.add_sheet(document, upload=page, maximum_pages=MOST_PAGES, at=at)
    except intake.UnableToAcceptFile as refused:
        discard(taken, at=at)
        named = f"{upload.name}: {refused.message}"
        raise UnableToReceive(code=refused.code, message=named, field="upload") from refused
    return taken


def discard(files: Iterable[Document], *, at: datetime) -> None:
    """Throw away what is not sent."""
    for file in files:
        documents.discard_document(file, at=at)


def unsent(ids: Iterable[str]) -> list[Document]:
    """The documents of a draft that are still there, in its order."""
    known = {
        str(file.pk): file for file in Document.objects.filter(pk__in=list(ids), owner=None, state="DRAFT")
    }
    return [known[one] for one in ids if one in known]


def forget_unsent_evidence(*, at: datetime, batch: int = 200) -> int:
    """Throw away what nobody sent within a day; returns how many. What belongs to a case or to another draft stays."""
    old = Document.objects.filter(owner=None, state="DRAFT", title=TITLE, created_at__lt=at - UNSENT_KEPT)
    old = old.exclude(pk__in=CaseDocument.objects.values("document"))
    found = list(old.exclude(pk__in=DraftPhoto.objects.values("document")).order_by("created_at")[:batch])
    discard(found, at=at)
    return len(found)

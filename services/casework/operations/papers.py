"""Papers that go with something written at once: taken whole, and gone again where it cannot be written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from services.casework.operations.values import UnableToFile
from services.documents import operations as documents
from services.documents.models import Document

MOST_PAPERS: Final = 5


@contextmanager
def taken_papers(
    uploads: Sequence[UploadedFile[bytes]], *, title: str, at: datetime, field: str = "upload"
) -> Iterator[list[Document]]:
    """The photos and PDFs as they will be kept, one document each, owned by nobody. All of them or none.

    Raises UnableToFile, beside `field`, for the first that cannot be used, or for too many.
    """
    if len(uploads) > MOST_PAPERS:
        words = _("At most %(limit)d files.") % {"limit": MOST_PAPERS}
        raise UnableToFile(code="files", message=words, field=field)
    taken: list[Document] = []
    try:
        for upload in uploads:
            taken.append(documents.start_document(owner=None, title=title, at=at))
            documents.add_sheet(taken[-1], upload=upload, at=at)
        yield taken
    except Exception as problem:
        for document in taken:
            documents.discard_document(document, at=at)
        if isinstance(problem, documents.UnableToAcceptFile):
            raise UnableToFile(code=problem.code, message=str(problem), field=field) from problem
        raise

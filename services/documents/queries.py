"""All reads of documents and certificates."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from services.accounts.models import User
from services.documents import codes, intake, keys, sandbox, verification
from services.documents.models import Certificate, Document, Preview, Sheet
from services.documents.verification import Verdict, Verification, Why
from services.foundation import clock


def document_of(user: User, document_id: UUID | str) -> Document | None:
    """A document of this owner, or None for anybody else's."""
    return Document.objects.filter(owner=user, pk=document_id).first()


def letter_of(document_id: UUID | str) -> Document | None:
    """A document that belongs to the office itself, so to nobody; None for any other."""
    return Document.objects.filter(owner=None, pk=document_id).first()


def reusable_documents(user: User) -> QuerySet[Document]:
    """Ready documents of the same owner, newest first, to be used again in another application."""
    return Document.objects.filter(owner=user, state=Document.State.READY).order_by("-ready_at")


def sheets_of(document: Document) -> QuerySet[Sheet]:
    """The sheets in their order."""
    return document.sheets.order_by("position")


def previews_of(document: Document) -> QuerySet[Preview]:
    """The pictures of the pages in their order."""
    return document.previews.order_by("page")


def preview_page(document: Document, page: int) -> Preview | None:
    """The picture of one page, from 1."""
    return document.previews.filter(page=page).first()


def certificate_of(reference: str) -> Certificate | None:
    """The newest certificate of a case, whatever its state."""
    return Certificate.objects.filter(reference=reference).order_by("-created_at").first()


def verification_of(code: str) -> Verification:
    """What a code typed from a paper says. Raises codes.MangledCode for a typing error."""
    certificate = Certificate.objects.filter(code=codes.parse(code), state=Certificate.State.SIGNED).first()
    if certificate is None:
        return Verification(Verdict.UNKNOWN)
    return Verification(verification.standing_of(certificate, today=clock.today()), certificate=certificate)


def verification_of_file(upload: UploadedFile[bytes]) -> Verification:
    """What an uploaded PDF is worth. Raises intake.UnableToAcceptFile when it is no PDF of at most 15 MB. Nothing is kept."""
    content = intake.pdf_content(upload)
    known = Certificate.objects.filter(sha256=hashlib.sha256(content).hexdigest()).first()
    moment = known.signed_at if known and known.signed_at else clock.now()
    try:
        signatures = _signatures_in(content, moment=moment)
    except sandbox.ChildRefused:
        return Verification(Verdict.ALTERED, why=Why.UNREADABLE, by_file=True)
    return verification.judge_file(signatures, known=known, ours=our_fingerprints(), today=clock.today())


def our_fingerprints() -> frozenset[str]:
    """The certificates of every key that ever signed for us."""
    recorded = Certificate.objects.exclude(signer_fingerprint="").values_list("signer_fingerprint", flat=True)
    return frozenset(recorded.order_by().distinct())


def _signatures_in(content: bytes, *, moment: datetime) -> list[verification.Signature]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.pdf"
        source.write_bytes(content)
        facts = sandbox.run("check_signature", source, keys.trusted_roots(), moment.isoformat())
    return verification.signatures_from(facts)

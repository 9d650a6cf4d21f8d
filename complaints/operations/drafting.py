"""A report before it is sent: kept on our side page by page, sent once, forgotten when nobody comes back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from complaints import passphrases, queries
from complaints.models import DraftPhoto, ReportDraft
from complaints.operations.receiving import receive_report
from complaints.operations.values import MOST_PHOTOS, Report, Taken, UnableToReport
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.documents import operations as documents
from services.documents.intake import UnableToAcceptFile
from services.documents.models import Document
from services.documents.refusals import message

#: How long an unsent report is kept for whoever comes back to it.
DRAFT_KEPT: Final = timedelta(days=14)
#: How long the receipt can be looked at again with its passphrase.
RECEIPT_KEPT: Final = timedelta(minutes=30)
TITLE: Final = "Foto"
#: Refusals that speak of PDF, and of pages.
ABOUT_PAPERS: Final = frozenset({"WRONG_KIND", "TOO_MANY_PAGES"})


def start_draft(*, taken: Taken | None = None, at: datetime) -> ReportDraft:
    """An empty report; `taken` where an officer takes it down for somebody. Raises policies.UnableToAct (hat, pact, away)."""
    if taken is None:
        return ReportDraft.objects.create(created_at=at, touched_at=at)
    casework.require_counter(taken.officer, at, service_of=queries.complaints_office().agency)
    return ReportDraft.objects.create(
        created_at=at, touched_at=at, taken_by=taken.officer, taken_how=taken.how
    )


def keep_answers(draft: ReportDraft, *, answers: dict[str, Any], at: datetime) -> ReportDraft:
    """Merge what one page asked into the draft; the rest stays."""
    with transaction.atomic():
        locked = _locked(draft)
        locked.seal_answers({**locked.answers, **answers})
        locked.touched_at = at
        locked.save(update_fields=["answers_sealed", "touched_at"])
    return locked


def add_photos(draft: ReportDraft, *, uploads: Sequence[UploadedFile[bytes]], at: datetime) -> None:
    """Add photos. Those that can be used stay, whatever is wrong with the others; raises UnableToReport for these."""
    refused = [line for upload in uploads if (line := _refusal(draft, upload, at=at))]
    if refused:
        raise UnableToReport(code="photos", message=" ".join(dict.fromkeys(refused)), field="upload")


def remove_photo(draft: ReportDraft, *, document_id: UUID, at: datetime) -> None:
    """Take a photo out, with its files. One that is not there is gone already."""
    with transaction.atomic():
        photo = _locked(draft).photos.select_related("document").filter(document=document_id).first()
        if photo is not None:
            _discard(photo, at=at)


def send_draft(
    draft: ReportDraft, report: Report, *, actor: User | None, language: str, at: datetime
) -> Case:
    """Send what was typed, once: a second call returns the case there is, and the receipt still has the passphrase."""
    with transaction.atomic():
        locked = _locked(draft)
        if locked.sent_reference:
            return Case.objects.get(reference=locked.sent_reference)
        passphrase = passphrases.new()
        photos = [photo.document for photo in locked.photos.select_related("document")]
        case = receive_report(
            report,
            actor=actor,
            photos=photos,
            submission_key=f"report-{locked.id.hex}",
            passphrase=passphrase,
            language=language,
            taken=Taken(locked.taken_by, locked.taken_how) if locked.taken_by else None,
            at=at,
        )
        locked.photos.all().delete()
        locked.answers_sealed, locked.sent_reference, locked.touched_at = None, case.reference, at
        if case.applicant_id is None:
            locked.seal_passphrase(passphrase)
        locked.save()
    return case


def drop_draft(draft: ReportDraft, *, at: datetime) -> None:
    """Forget what was typed and its photos: it is not sent. One that was sent meanwhile stays; one that is gone is gone already."""
    unsent = ReportDraft.objects.select_for_update().filter(pk=draft.pk, sent_reference="")
    with transaction.atomic():
        locked = unsent.first()
        if locked is not None:
            _forget(locked, at=at)


def close_receipt(draft: ReportDraft) -> None:
    """Forget the passphrase: the reporter has written it down."""
    ReportDraft.objects.filter(pk=draft.pk).exclude(sent_reference="").delete()


def forget_drafts(*, at: datetime, batch: int = 200) -> int:
    """Forget drafts that nobody came back to, with their photos, and receipts after a while; returns how many."""
    old = ReportDraft.objects.filter(touched_at__lt=at - RECEIPT_KEPT).exclude(sent_reference="")
    old |= ReportDraft.objects.filter(touched_at__lt=at - DRAFT_KEPT)
    found = list(old.order_by("touched_at")[:batch])
    for draft in found:
        with transaction.atomic():
            _forget(draft, at=at)
    return len(found)


def take_photo(upload: UploadedFile[bytes], *, at: datetime) -> Document:
    """A photo as it will be kept: decoded, without metadata, owned by nobody. Raises UnableToAcceptFile."""
    document = documents.start_document(owner=None, title=TITLE, at=at)
    try:
        sheet = documents.add_sheet(document, upload=upload, maximum_pages=1, at=at)
    except UnableToAcceptFile as refusal:
        document.delete()
        raise _of_photos(refusal) from refusal
    if not sheet.is_photo:
        documents.discard_document(document, at=at)
        raise UnableToAcceptFile("NOT_A_PHOTO")
    return document


def _of_photos(refusal: UnableToAcceptFile) -> UnableToAcceptFile:
    """A refusal that names PDF would promise what is not taken here."""
    return UnableToAcceptFile("NOT_A_PHOTO") if refusal.code in ABOUT_PAPERS else refusal


@contextmanager
def taken_photos(
    uploads: Sequence[UploadedFile[bytes]], *, at: datetime, field: str = "upload"
) -> Iterator[list[Document]]:
    """The photos that go with something written at once; none of them stays where it cannot be written.

    Raises UnableToReport, beside `field`, for the first that cannot be used, or for too many.
    """
    if len(uploads) > MOST_PHOTOS:
        raise UnableToReport(
            code="photos", message=_("At most %(limit)d photos.") % {"limit": MOST_PHOTOS}, field=field
        )
    taken: list[Document] = []
    try:
        taken.extend(take_photo(upload, at=at) for upload in uploads)
        yield taken
    except Exception as problem:
        for document in taken:
            documents.discard_document(document, at=at)
        if isinstance(problem, UnableToAcceptFile):
            raise UnableToReport(code=problem.code, message=str(problem), field=field) from problem
        raise


def _refusal(draft: ReportDraft, upload: UploadedFile[bytes], *, at: datetime) -> str:
    """Add one photo, or say why it cannot be."""
    with transaction.atomic():
        locked = _locked(draft)
        position = (locked.photos.order_by("-position").values_list("position", flat=True).first() or 0) + 1
        if locked.photos.count() >= MOST_PHOTOS:
            return _("At most %(limit)d photos.") % {"limit": MOST_PHOTOS}
        try:
            document = take_photo(upload, at=at)
        except UnableToAcceptFile as refused:
            return f"{upload.name}: {message(refused.code)}"
        DraftPhoto.objects.create(draft=locked, document=document, position=position)
        locked.touched_at = at
        locked.save(update_fields=["touched_at"])
    return ""


def _locked(draft: ReportDraft) -> ReportDraft:
    return ReportDraft.objects.select_for_update().get(pk=draft.pk)


def _forget(draft: ReportDraft, *, at: datetime) -> None:
    for photo in draft.photos.select_related("document"):
        _discard(photo, at=at)
    draft.delete()


def _discard(photo: DraftPhoto, *, at: datetime) -> None:
    document = photo.document
    photo.delete()
    documents.discard_document(document, at=at)

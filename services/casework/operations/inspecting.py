"""What an inspector does at the place: notes each point and photo as it is seen, and signs the minutes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import inspections, minutes, policies, transitions
from services.casework.models import Minutes, Noted, Review
from services.casework.operations import reviewing
from services.casework.operations.values import UnableToHandle
from services.documents import operations as documents
from services.documents.models import Document, Sheet
from services.foundation import clock

NOTED: Final = "casework.inspection.noted"
SIGNED: Final = "casework.inspection.signed"
MOST_PHOTOS: Final = 30
_ANSWERS: Final[Mapping[str, bool | None]] = {"YES": True, "NO": False, "NOT_APPLICABLE": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who was there beside the inspector: for whoever applied (`presence`, `name` of a representative), and others."""

    presence: str
    name: str = ""
    others: str = ""


def note_point(
    review: Review, *, actor: User, key: UUID, item: str, answer: str, words: str = "", at: datetime
) -> Noted:
    """Note what was seen of one point. The last one noted holds; the same `key` sent again is noted once.

    Raises UnableToHandle (taken, inspection, waiting, appointment, item, answer), policies.UnableToAct (hat, pact).
    """
    with transaction.atomic():
        locked = _at_the_place(review, actor=actor, at=at)
        known = locked.noted.filter(key=key).first()
        if known:
            return known
        if item not in {each.key for each in locked.definition.checklist}:
            raise UnableToHandle(code="item", message=_("This point is not on the checklist."))
        if answer not in {"", *Noted.Answer.values} or not (answer or words.strip()):
            raise UnableToHandle(code="answer", message=_("Answer this point."), field="answer")
        return _note(locked, actor=actor, at=at, key=key, item=item, answer=answer, words=words.strip())


def note_photo(
    review: Review, *, actor: User, key: UUID, upload: UploadedFile[bytes], words: str = "", at: datetime
) -> Noted:
    """Keep one photo, without what the camera wrote into it; the same `key` sent again is kept once.

    Raises as `note_point`, UnableToHandle (photos), documents.UnableToAcceptFile.
    """
    with transaction.atomic():
        locked = _at_the_place(review, actor=actor, at=at)
        known = locked.noted.filter(key=key).first()
        if known:
            return known
        photo = _kept(locked, upload, at=at)
        return _note(locked, actor=actor, at=at, key=key, photo=photo, words=words.strip())


def sign_minutes(
    review: Review,
    *,
    actor: User,
    outcome: str,
    findings: str,
    attendance: Attendance,
    found: Collection[str] = (),
    at: datetime,
) -> Minutes:
    """Finish the inspection: its minutes are ordered as a sealed paper in the name of whoever signs. They never decide this case.

    That it is they who sign, the caller has made sure of by their password. Raises UnableToHandle (those of `finish_review`,
    and presence, name), policies.UnableToAct (hat, pact, party, conflict).
    """
    with transaction.atomic():
        locked = reviewing.in_hand(review, actor=actor, at=at)
        reviewing.require_inspection(locked)
        _require_attendance(attendance)
        gathered = inspections.whole(locked)
        answers = {key: _ANSWERS[each.answer] for key, each in gathered.noted.items() if each.answer}
        reviewing.conclude(
            locked, actor=actor, answers=answers, outcome=outcome, found=found, findings=findings, at=at
        )
        signed = Minutes(
            review=locked,
            presence=attendance.presence,
            name=attendance.name.strip(),
            others=attendance.others.strip(),
            findings=findings.strip(),
            signed_by=actor,
            signed_at=at,
        )
        order = minutes.paper_of(gathered, signed)
        paper = documents.order_certificate(order, dedupe_key=f"minutes:{locked.pk}", at=at)
        signed.code = paper.code
        signed.save(force_insert=True)
        details = {"paper": paper.number, "presence": signed.presence}
        transitions.record_review(locked, SIGNED, actor=actor, at=at, details=details)
    return signed


def _at_the_place(review: Review, *, actor: User, at: datetime) -> Review:
    """The locked review, if this officer inspects it and the day of the appointment has come."""
    locked = reviewing.on_desk(review, actor)
    policies.require_post(actor, locked.agency, locked.hat, at)
    reviewing.require_inspection(locked)
    reviewing.require_running(locked)
    latest = inspections.latest_of(locked)
    if latest is None or latest.day > clock.local_date(at):
        words = _("Nothing is noted before the day of the appointment that the applicant was told.")
        raise UnableToHandle(code="appointment", message=words)
    return locked


def _require_attendance(attendance: Attendance) -> None:
    if attendance.presence not in Minutes.Presence.values:
        words = _("Say who was there for the applicant.")
        raise UnableToHandle(code="presence", message=words, field="presence")
    is_named = bool(attendance.name.strip())
    if is_named != (attendance.presence == Minutes.Presence.REPRESENTATIVE):
        words = _("Name whoever was there for the applicant, and nobody else here.")
        raise UnableToHandle(code="name", message=words, field="name")


def _note(review: Review, *, actor: User, at: datetime, **noted: Any) -> Noted:
    kept = Noted.objects.create(review=review, noted_by=actor, noted_at=at, **noted)
    photo = {"sha256": kept.photo.sha256} if kept.photo else {"item": kept.item, "answer": kept.answer}
    details = {"key": str(kept.key), **photo}
    transitions.record_review(review, NOTED, actor=actor, at=at, details=details)
    return kept


def _kept(review: Review, upload: UploadedFile[bytes], *, at: datetime) -> Sheet:
    """The photo as a sheet of the one document of this inspection, which is nobody's own."""
    before = review.noted.filter(photo__isnull=False).select_related("photo__document").first()
    if before and before.photo and before.photo.document.sheets.count() >= MOST_PHOTOS:
        words = _("There are %(count)d photos already. Choose those that show what was found.")
        raise UnableToHandle(code="photos", message=words % {"count": MOST_PHOTOS}, field="upload")
    if PurePath(upload.name or "").suffix.lower() == ".pdf":
        raise documents.UnableToAcceptFile("NOT_A_PHOTO")
    album: Document = (
        before.photo.document if before and before.photo else documents.start_document(owner=None, at=at)
    )
    return documents.add_sheet(album, upload=upload, at=at)

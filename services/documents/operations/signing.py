"""Makes the paper of a certificate and has it signed: TO_SIGN, SIGNING, then SIGNED or FAILED(reason)."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.core.files.base import ContentFile
from django.db import transaction

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.documents import rendering, signatures
from services.documents.models import Certificate
from services.documents.storage import private_storage
from services.outbox import operations as outbox

log = structlog.get_logger(__name__)

SIGNED = "documents.certificate.signed"
# Longer than any task may run (task_time_limit = 300 s): a worker that was killed has left its claim behind by then.
CLAIM = timedelta(minutes=6)


class SigningUnderWay(Exception):
    """Another worker is at it; the outbox asks again later."""


def sign_certificate(
    certificate_id: UUID | str, *, at: datetime, port: signatures.SigningPort | None = None
) -> Certificate:
    """Make and sign the paper once. A run that comes again finds it signed and changes nothing.

    Without `port` the office's seal signs, under a personal signature too where its person's act is on record; where it is not,
    the certificate waits (TO_SIGN) for them, and they bring the port. A failure is kept as FAILED with its reason and raised, so that the outbox tries again.
    """
    claimed = _claim(certificate_id, at=at, is_person_there=port is not None)
    if claimed is None:
        return Certificate.objects.get(pk=certificate_id)
    try:
        signed = (port or _own_port(claimed)).sign(_wish(claimed))
    except Exception as problem:
        _note_failure(claimed, problem, at=at)
        raise
    return _keep(claimed, signed, at=at)


def _claim(certificate_id: UUID | str, *, at: datetime, is_person_there: bool) -> Certificate | None:
    """Take the certificate for signing; None when it is signed already or waits for its person."""
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate_id)
        waits_for_person = locked.signer == Certificate.Signer.PERSONAL and not (
            is_person_there or _act_is_recorded(locked)
        )
        if locked.is_signed or waits_for_person:
            return None
        if locked.signing_since and locked.signing_since > at - CLAIM:
            raise SigningUnderWay(locked.number)
        locked.state, locked.signing_since, locked.failure = Certificate.State.SIGNING, at, ""
        locked.save(update_fields=["state", "signing_since", "failure"])
    return locked


def _act_is_recorded(certificate: Certificate) -> bool:
    """Whether the person who signs has done so already, at the desk."""
    return bool(certificate.content["signatory"].get("in_person"))


def _own_port(certificate: Certificate) -> signatures.SigningPort:
    """What signs without anybody being there."""
    if certificate.signer == Certificate.Signer.PERSONAL:
        return signatures.SealOfRecordedAct()
    return signatures.OfficeSeal()


def _wish(certificate: Certificate) -> signatures.Wish:
    place = certificate.content["issuer"]["government"]["id"]
    return signatures.Wish(pdf=rendering.pdf_of(certificate), number=certificate.number, place=place)


def _keep(claimed: Certificate, signed: signatures.Signed, *, at: datetime) -> Certificate:
    """Keep the signed paper, unless our claim ran out and somebody else has signed meanwhile."""
    claimed.file.save("certificate.pdf", ContentFile(signed.pdf), save=False)
    is_kept = False
    try:
        with transaction.atomic():
            locked = Certificate.objects.select_for_update().get(pk=claimed.pk)
            if _is_still_ours(locked, claimed):
                _fill(locked, claimed, signed, at=at)
                _tell(locked, at=at)
                is_kept = True
    finally:
        if not is_kept:
            private_storage().delete(str(claimed.file.name))
    return locked


def _is_still_ours(locked: Certificate, claimed: Certificate) -> bool:
    return locked.state == Certificate.State.SIGNING and locked.signing_since == claimed.signing_since


def _fill(locked: Certificate, claimed: Certificate, signed: signatures.Signed, *, at: datetime) -> None:
    locked.state, locked.signing_since, locked.signed_at = Certificate.State.SIGNED, None, at
    locked.file, locked.sha256 = claimed.file.name, hashlib.sha256(signed.pdf).hexdigest()
    locked.signer_fingerprint = signed.fingerprint
    locked.save(update_fields=["state", "signing_since", "signed_at", "file", "sha256", "signer_fingerprint"])


def _tell(certificate: Certificate, *, at: datetime) -> None:
    details = {
        "reference": certificate.reference,
        "sha256": certificate.sha256,
        "signer": certificate.signer_fingerprint,
    }
    audit.record(
        SIGNED, actor=SYSTEM, subject=Subject("certificate", certificate.number), at=at, details=details
    )
    payload = {"certificate": str(certificate.id), "reference": certificate.reference}
    outbox.publish(SIGNED, payload, dedupe_key=f"certificate:{certificate.id}:signed", at=at)


def _note_failure(claimed: Certificate, problem: Exception, *, at: datetime) -> None:
    """Keep the reason where the desk reads it, in the record too; the outbox keeps when it will try again."""
    reason = f"{type(problem).__name__}: {problem}"[:300]
    log.warning("documents.signing.failed", certificate=claimed.number, reason=reason)
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=claimed.pk)
        if not _is_still_ours(locked, claimed):
            return
        locked.state, locked.failure, locked.signing_since = Certificate.State.FAILED, reason, None
        locked.save(update_fields=["state", "failure", "signing_since"])
        audit.record(
            "documents.certificate.failed",
            actor=SYSTEM,
            subject=Subject("certificate", locked.number),
            at=at,
            details={"reference": locked.reference, "reason": reason},
        )

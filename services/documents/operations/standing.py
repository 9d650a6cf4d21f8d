"""What a certificate is worth as time goes on: it expires by itself, it is revoked by someone with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Actor, Subject
from services.documents.models import Certificate
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.outbox import operations as outbox


class UnableToRevoke(UnableTo):
    """The certificate cannot be revoked, or not like this."""


def revoke_certificate(certificate: Certificate, *, actor: Actor, reason: str, at: datetime) -> Certificate:
    """Revoke a certificate with a reason that `/verify/` tells nobody but the record keeps. Who may is asked by the caller."""
    reason = reason.strip()
    if not reason:
        raise UnableToRevoke(_("Write why this certificate is revoked."), code="no_reason", field="reason")
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if locked.standing == Certificate.Standing.REVOKED:
            raise UnableToRevoke(_("This certificate is revoked already."), code="revoked_already")
        locked.standing, locked.revoked_at, locked.revocation_reason = (
            Certificate.Standing.REVOKED,
            at,
            reason,
        )
        locked.save(update_fields=["standing", "revoked_at", "revocation_reason"])
        _tell("documents.certificate.revoked", locked, actor=actor, at=at, details={"reason": reason})
    return locked


def expire_certificates(*, at: datetime) -> int:
    """Mark every certificate whose last day has passed; returns how many. Doing it twice changes nothing."""
    today = clock.local_date(at)
    with transaction.atomic():
        ended = (
            Certificate.objects.select_for_update(skip_locked=True)
            .filter(standing=Certificate.Standing.ACTIVE, valid_until__lt=today)
            .order_by("valid_until")[:1000]
        )
        for certificate in ended:
            certificate.standing = Certificate.Standing.EXPIRED
            certificate.save(update_fields=["standing"])
            _tell("documents.certificate.expired", certificate, actor=SYSTEM, at=at, details={})
    return len(ended)


def _tell(
    topic: str, certificate: Certificate, *, actor: Actor, at: datetime, details: dict[str, str]
) -> None:
    subject = Subject("certificate", certificate.number)
    audit.record(
        topic, actor=actor, subject=subject, at=at, details={"reference": certificate.reference, **details}
    )
    payload = {"certificate": str(certificate.id), "reference": certificate.reference}
    outbox.publish(topic, payload, dedupe_key=f"certificate:{certificate.id}:{topic}", at=at)

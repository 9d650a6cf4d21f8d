"""What a certificate is worth as time goes on: it expires by itself; it is suspended, reinstated or revoked by someone with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Actor, Subject
from services.documents.models import Certificate
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.outbox import operations as outbox

Standing = Certificate.Standing
CHANGED = ("standing", "revoked_at", "revocation_reason", "suspended_at", "suspension_reason", "ruling")


class UnableToRevoke(UnableTo):
    """The certificate cannot be revoked, or not like this."""


class UnableToSuspend(UnableTo):
    """The certificate cannot be suspended, or its suspension not be lifted, or not like this."""


def revoke_certificate(certificate: Certificate, *, actor: Actor, reason: str, at: datetime) -> Certificate:
    """Revoke a certificate with a reason that `/verify/` tells nobody but the record keeps. Who may is asked by the caller."""
    reason = reason.strip()
    if not reason:
        raise UnableToRevoke(_("Write why this certificate is revoked."), code="no_reason", field="reason")
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if locked.standing == Standing.REVOKED:
            raise UnableToRevoke(_("This certificate is revoked already."), code="revoked_already")
        become(locked, Standing.REVOKED, revoked_at=at, revocation_reason=reason)
        tell_of_standing(
            "documents.certificate.revoked", locked, actor=actor, at=at, details={"reason": reason}
        )
    return locked


def suspend_certificate(certificate: Certificate, *, actor: Actor, reason: str, at: datetime) -> Certificate:
    """Suspend a certificate in force, with a reason that its holder reads and `/verify/` tells nobody."""
    reason = reason.strip()
    if not reason:
        raise UnableToSuspend(_("Write why this certificate is suspended."), code="no_reason", field="reason")
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if locked.standing != Standing.ACTIVE:
            raise UnableToSuspend(
                _("Only a certificate in force can be suspended; this one is not."), code="not_in_force"
            )
        become(locked, Standing.SUSPENDED, suspended_at=at, suspension_reason=reason)
        tell_of_standing(
            "documents.certificate.suspended", locked, actor=actor, at=at, details={"reason": reason}
        )
    return locked


def reinstate_certificate(
    certificate: Certificate, *, actor: Actor, reason: str, at: datetime
) -> Certificate:
    """Lift the suspension of a certificate: from now on it is worth what it was."""
    reason = reason.strip()
    if not reason:
        raise UnableToSuspend(_("Write why the suspension is lifted."), code="no_reason", field="reason")
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if locked.standing != Standing.SUSPENDED:
            raise UnableToSuspend(_("This certificate is not suspended."), code="not_suspended")
        become(locked, Standing.ACTIVE)
        tell_of_standing(
            "documents.certificate.reinstated", locked, actor=actor, at=at, details={"reason": reason}
        )
    return locked


def supersede_certificates(*, by: Certificate, at: datetime) -> int:
    """Let a signed certificate take the place of the older ones of its case; returns how many. Doing it twice changes nothing.

    What was in force ends; what had ended before only learns what took its place.
    """
    with transaction.atomic():
        older = Certificate.objects.select_for_update().filter(
            reference=by.reference, replaced_by=None, created_at__lt=by.created_at
        )
        for certificate in older:
            certificate.replaced_by = by
            certificate.save(update_fields=["replaced_by"])
            if certificate.standing in Certificate.IN_FORCE:
                become(certificate, Standing.REVOKED, revoked_at=at, revocation_reason=by.number)
            tell_of_standing(
                "documents.certificate.replaced", certificate, actor=SYSTEM, at=at, details={"by": by.number}
            )
    return len(older)


def expire_certificates(*, at: datetime) -> int:
    """Mark every certificate whose last day has passed; returns how many. Doing it twice changes nothing."""
    today = clock.local_date(at)
    with transaction.atomic():
        ended = (
            Certificate.objects.select_for_update(skip_locked=True)
            .filter(standing__in=Certificate.IN_FORCE, valid_until__lt=today)
            .order_by("valid_until")[:1000]
        )
        for certificate in ended:
            become(certificate, Standing.EXPIRED)
            tell_of_standing("documents.certificate.expired", certificate, actor=SYSTEM, at=at, details={})
    return len(ended)


def become(
    certificate: Certificate,
    standing: Certificate.Standing,
    *,
    revoked_at: datetime | None = None,
    revocation_reason: str = "",
    suspended_at: datetime | None = None,
    suspension_reason: str = "",
) -> None:
    """Write what a locked certificate is worth now, and why (with `ruling`); why it was worth something else before is kept by the record."""
    certificate.standing = standing
    certificate.revoked_at, certificate.revocation_reason = revoked_at, revocation_reason
    certificate.suspended_at, certificate.suspension_reason = suspended_at, suspension_reason
    certificate.save(update_fields=CHANGED)


def tell_of_standing(
    topic: str, certificate: Certificate, *, actor: Actor, at: datetime, details: dict[str, str]
) -> None:
    """Put on record what became of a certificate, and promise what follows it."""
    subject = Subject("certificate", certificate.number)
    audit.record(
        topic, actor=actor, subject=subject, at=at, details={"reference": certificate.reference, **details}
    )
    payload = {
        "certificate": str(certificate.id),
        "reference": certificate.reference,
        "at": at.isoformat(),
        **details,
    }
    outbox.publish(topic, payload, dedupe_key=f"certificate:{certificate.id}:{topic}:{at.isoformat()}", at=at)

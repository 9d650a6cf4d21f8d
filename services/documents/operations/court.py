"""What a court's ruling makes of a certificate: it is stayed, the stay ends, it is annulled. `/verify/` names the ruling to everybody."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from services.audit.actors import Actor
from services.documents.models import Certificate
from services.documents.operations.standing import Standing, UnableToSuspend, become, tell_of_standing


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruling as a certificate names it; `date` in ISO 8601."""

    court: str
    number: str
    date: str

    @property
    def words(self) -> str:
        """In one line, in no language."""
        return f"{self.court}, {self.number}, {self.date}"


def stay_certificate(certificate: Certificate, *, actor: Actor, ruling: Ruling, at: datetime) -> Certificate:
    """Suspend a certificate by a court's stay; one that the office has suspended stays suspended after it too."""
    with transaction.atomic():
        locked = _locked(certificate)
        if locked.standing not in Certificate.IN_FORCE:
            raise UnableToSuspend(
                _("Only a certificate in force can be suspended; this one is not."), code="not_in_force"
            )
        is_first = locked.standing == Standing.ACTIVE
        locked.ruling = asdict(ruling) | {"suspends": is_first}
        become(
            locked,
            Standing.SUSPENDED,
            suspended_at=at if is_first else locked.suspended_at,
            suspension_reason=ruling.words if is_first else locked.suspension_reason,
        )
        tell_of_standing("documents.certificate.stayed", locked, actor=actor, at=at, details=_told(ruling))
    return locked


def end_stay(certificate: Certificate, *, actor: Actor, ruling: Ruling, at: datetime) -> Certificate:
    """Lift a court's stay: from now on the certificate is worth what it was before, or what has become of it since."""
    with transaction.atomic():
        locked = _locked(certificate)
        was_active = bool(locked.ruling.get("suspends")) and locked.standing == Standing.SUSPENDED
        locked.ruling = {}
        become(
            locked,
            Standing.ACTIVE if was_active else Standing(locked.standing),
            suspended_at=None if was_active else locked.suspended_at,
            suspension_reason="" if was_active else locked.suspension_reason,
        )
        tell_of_standing(
            "documents.certificate.stay_ended", locked, actor=actor, at=at, details=_told(ruling)
        )
    return locked


def annul_certificate(certificate: Certificate, *, actor: Actor, ruling: Ruling, at: datetime) -> Certificate:
    """End a certificate for good by a court's ruling; one that the office has revoked already stays as it is."""
    with transaction.atomic():
        locked = _locked(certificate)
        if locked.standing != Standing.REVOKED:
            locked.ruling = asdict(ruling)
            become(locked, Standing.REVOKED, revoked_at=at, revocation_reason=ruling.words)
        tell_of_standing("documents.certificate.annulled", locked, actor=actor, at=at, details=_told(ruling))
    return locked


def _locked(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update().get(pk=certificate.pk)


def _told(ruling: Ruling) -> dict[str, Any]:
    return asdict(ruling)

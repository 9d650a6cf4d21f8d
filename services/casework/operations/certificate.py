"""What a certificate is worth after its case has ended: suspended, reinstated, or taken back for good."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.accounts.models import Hat, User
from services.casework import policies, transitions
from services.casework.models import Case, StandingChange
from services.casework.operations.values import UnableToHandle
from services.documents import operations as documents
from services.documents import queries as papers
from services.documents.models import Certificate

Change = Callable[..., Certificate]

Way = StandingChange.Way

#: By the name of the way: what documents does, what the record calls it, and what is kept of it.
_WAYS: Final[dict[str, tuple[Change, str, str]]] = {
    "revoke": (documents.revoke_certificate, "casework.certificate.revoked", Way.REVOKED),
    "suspend": (documents.suspend_certificate, "casework.certificate.suspended", Way.SUSPENDED),
    "reinstate": (documents.reinstate_certificate, "casework.certificate.reinstated", Way.REINSTATED),
}
_NOT_NOW: Final = {
    "revoke": gettext_lazy("This case has no certificate in force that could be revoked."),
    "suspend": gettext_lazy("This case has no certificate in force that could be suspended."),
    "reinstate": gettext_lazy("This case has no suspended certificate."),
}


def revoke_certificate(case: Case, *, actor: User, reason: str, at: datetime) -> Certificate:
    """Revoke the certificate of an ended case, with a reason that the applicant reads.

    The case keeps its status: what was decided stays decided, the paper alone is worth nothing from now on. Whoever has
    more to do then listens to "documents.certificate.revoked". Raises policies.UnableToAct (hat), UnableToHandle
    (certificate), documents.UnableToRevoke (no_reason).
    """
    return _change(case, "revoke", actor=actor, reason=reason, at=at)


def suspend_certificate(case: Case, *, actor: User, reason: str, at: datetime) -> Certificate:
    """Suspend the certificate of an ended case until the reason no longer holds. Raises as `revoke_certificate`."""
    return _change(case, "suspend", actor=actor, reason=reason, at=at)


def reinstate_certificate(case: Case, *, actor: User, reason: str, at: datetime) -> Certificate:
    """Lift the suspension of a certificate, with a reason that the applicant reads. Raises as `revoke_certificate`."""
    return _change(case, "reinstate", actor=actor, reason=reason, at=at)


def _change(case: Case, way: str, *, actor: User, reason: str, at: datetime) -> Certificate:
    with transaction.atomic():
        locked = transitions.lock(case)
        if not policies.may_revoke(policies.hats_for(actor, locked, at)):
            policies.require_pact(actor, locked, {Hat.APPROVER}, at)
            raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
        policies.require_no_conflict(actor, locked, at)
        _require_changeable(locked, way)
        return change_standing(locked, way, actor=actor, hat=Hat.APPROVER, reason=reason, at=at)


def change_standing(case: Case, way: str, *, actor: User, hat: str, reason: str, at: datetime) -> Certificate:
    """Change what the certificate of a locked case is worth, for a caller who has asked whether that may be."""
    change, event, kept = _WAYS[way]
    certificate = papers.certificate_of(case.reference)
    if certificate is None:
        raise UnableToHandle(code="certificate", message=str(_NOT_NOW[way]))
    changed = change(certificate, actor=transitions.acting(actor, hat, case), reason=reason, at=at)
    StandingChange.objects.create(case=case, way=kept, reason=reason.strip(), changed_by=actor, changed_at=at)
    details = {"certificate": changed.number, "reason": reason.strip()}
    transitions.record(case, event, actor=actor, hat=hat, at=at, details=details)
    return changed


def _require_changeable(case: Case, way: str) -> None:
    certificate = papers.certificate_of(case.reference)
    if certificate and certificate.standing == Certificate.Standing.REVOKED:
        raise UnableToHandle(code="certificate", message=_("This certificate is revoked already."))
    if certificate is None or way not in policies.ways_to_change(case, certificate):
        raise UnableToHandle(code="certificate", message=str(_NOT_NOW[way]))

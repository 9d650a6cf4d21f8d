"""A certificate that should not stand any longer is taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import Hat, User
from services.casework import policies, transitions
from services.casework.models import Case
from services.casework.operations.values import UnableToHandle
from services.documents import operations as documents
from services.documents import queries as papers
from services.documents.models import Certificate


def revoke_certificate(case: Case, *, actor: User, reason: str, at: datetime) -> Certificate:
    """Revoke the certificate of an ended case, with a reason that the applicant reads.

    The case keeps its status: what was decided stays decided, the paper alone is worth nothing from now on. Whoever has
    more to do then listens to "documents.certificate.revoked". Raises policies.UnableToAct (hat), UnableToHandle
    (certificate), documents.UnableToRevoke (no_reason).
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        if not policies.may_revoke(policies.hats_for(actor, locked, at)):
            raise policies.UnableToAct(code="hat", message=_("You may not do this with this case."))
        certificate = _revocable(locked)
        revoked = documents.revoke_certificate(
            certificate, actor=transitions.acting(actor, Hat.APPROVER, locked), reason=reason, at=at
        )
        transitions.record(
            locked,
            "casework.certificate.revoked",
            actor=actor,
            hat=Hat.APPROVER,
            at=at,
            details={"certificate": revoked.number, "reason": revoked.revocation_reason},
        )
    return revoked


def _revocable(case: Case) -> Certificate:
    certificate = papers.certificate_of(case.reference)
    if certificate and certificate.standing == Certificate.Standing.REVOKED:
        raise UnableToHandle(code="certificate", message=_("This certificate is revoked already."))
    if certificate is None or not policies.is_revocable(case, certificate):
        raise UnableToHandle(
            code="certificate", message=_("This case has no certificate in force that could be revoked.")
        )
    return certificate

"""What the reader sees happen after a permit application moved: notices, and the paper."""

from typing import Any

from django.db.models import QuerySet

from permits import notices, operations, workflow
from services.casework.models import Case
from services.casework.workflow import SILENT
from services.foundation import clock
from services.outbox import registry


def connect() -> None:
    """Subscribe to every transition that tells somebody something, and to the signed certificate."""
    for transition in workflow.PERMITS.transitions:
        if transition.notice != SILENT:
            registry.subscribe(transition.event)(tell_the_applicant)
        else:
            registry.subscribe(transition.event)(keep_silent)
    registry.subscribe(workflow.GRANT.event)(order_the_certificate)
    registry.subscribe("documents.certificate.signed")(issue_the_certificate)
    registry.subscribe("documents.certificate.revoked")(tell_of_the_revocation)


def tell_the_applicant(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the applicant (and a helper with a login) what happened."""
    transition = workflow.PERMITS.transition(payload["transition"])
    key = f"{transition.event}:{payload['reference']}:{payload['version']}"
    notices.tell(_case(payload), transition.notice, key=key, at=clock.now())


def keep_silent(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell nobody: the transition table says so."""


def order_the_certificate(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Order the paper of a granted permit."""
    operations.order_certificate(_case(payload), at=clock.now())


def issue_the_certificate(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Close the case once its certificate is signed; certificates of other services are not ours."""
    case = Case.objects.filter(reference=payload["reference"], kind=workflow.KIND).first()
    if case is not None:
        operations.issue_certificate(case, at=clock.now())


def tell_of_the_revocation(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the holder of a permit that it is taken back, why, and how to object."""
    case = _cases().filter(reference=payload["reference"], kind=workflow.KIND).first()
    if case is not None:
        key = f"permits.certificate.revoked:{payload['certificate']}"
        notices.tell(case, "permits/revoked", key=key, at=clock.now())


def _case(payload: dict[str, Any]) -> Case:
    return _cases().get(reference=payload["reference"])


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related(
        "applicant__user", "helper", "agency", "service_version__service", "decided_by"
    )

"""A service whose paper a person signs, and its applications on the way to the signature."""

from datetime import datetime
from typing import Any

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from tests.factories import casework as cases
from tests.factories import catalogue
from tests.factories.catalogue import said

grant_for_signature = permits.BY_TRANSITION["grant_for_signature"]
sign = permits.BY_TRANSITION["sign"]
decline = permits.BY_TRANSITION["decline_to_sign"]


def steps(hat: str = "EXECUTIVE") -> list[dict[str, Any]]:
    """Review, decision, and the signature under this hat: five days together."""
    return [
        {"key": "review", "title": said("Telaah", "Review"), "hat": "REVIEWER", "days": 3},
        {"key": "decision", "title": said("Keputusan", "Decision"), "hat": "APPROVER", "days": 1},
        {"key": "signing", "title": said("Tanda tangan", "Signing"), "hat": hat, "days": 1, "signs": True},
    ]


def signed_service(hat: str = "EXECUTIVE", **changes: Any) -> ServiceVersion:
    """A published service whose paper is signed under this hat."""
    return catalogue.published_version(**{"slug": f"izin-{hat.lower()}", "steps": steps(hat)} | changes)


def to_sign(
    applicant: User,
    intake: User,
    reviewer: User,
    approver: User,
    *,
    version: ServiceVersion | None = None,
    at: datetime | None = None,
) -> Case:
    """Decided; its paper waits for the signature."""
    at, version = at or clock.now(), version or signed_service()
    case = cases.recommended_application(applicant, intake, reviewer, version=version, at=at)
    casework.take_case(case, actor=approver, reason_code="COUNTER", at=at)
    return grant_for_signature(case, actor=approver, at=at)

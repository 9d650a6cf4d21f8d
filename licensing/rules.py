"""When a licence may be renewed: rules only, on what the register says of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.catalogue.definition import ServiceDefinition
from services.documents.models import Certificate


class Why(StrEnum):
    """What the holder is told about renewing."""

    OPEN = "open"
    NOT_YET = "not_yet"
    ENDLESS = "endless"
    ENDED = "ended"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    UNDER_WAY = "under_way"
    RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Whether a licence may be renewed today, and between which days it may be at all."""

    why: Why
    opens_on: date | None = None
    closes_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether the holder may begin now."""
        return self.why is Why.OPEN


def renewal(
    certificate: Certificate,
    definition: ServiceDefinition,
    *,
    is_under_way: bool,
    is_renewed: bool,
    today: date,
) -> Renewal:
    """What may be done with a licence of this version on this day; the first thing in the way is the answer."""
    if certificate.standing == Certificate.Standing.REVOKED:
        return Renewal(Why.REVOKED)
    if is_renewed:
        return Renewal(Why.RENEWED)
    if is_under_way:
        return Renewal(Why.UNDER_WAY)
    if certificate.valid_until is None:
        return Renewal(Why.ENDLESS)
    opens = certificate.valid_until - timedelta(days=definition.renewal_days)
    closes = certificate.valid_until + timedelta(days=definition.grace_days)
    return Renewal(_why(certificate, opens=opens, closes=closes, today=today), opens, closes)


def _why(certificate: Certificate, *, opens: date, closes: date, today: date) -> Why:
    if today > closes:
        return Why.ENDED
    if certificate.standing == Certificate.Standing.SUSPENDED:
        return Why.SUSPENDED
    return Why.NOT_YET if today < opens else Why.OPEN

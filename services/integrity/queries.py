"""What may be asked about gifts: whether a link was used, and the rates that are public."""

from collections.abc import Mapping

from services.integrity.models import GiftRate, GiftTicket
from services.integrity.tokens import digest_of

#: From how many answers on a rate is public, and in steps of how many it is brought up to date.
ENOUGH = 20


def has_answered(reference: str) -> bool:
    """Whether the question about this case was answered. Nobody can tell how."""
    return GiftTicket.objects.filter(digest=digest_of(reference)).exists()


def gift_rates() -> Mapping[str, GiftRate]:
    """The public rate of each service that has one, by its slug. One query."""
    return {rate.service: rate for rate in GiftRate.objects.order_by("service")}


def gift_rate(service: str) -> GiftRate | None:
    """The public rate of one service; None while fewer than ENOUGH people answered."""
    return GiftRate.objects.filter(service=service).first()

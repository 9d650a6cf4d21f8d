"""Who is kept away from which case; whether the question about gifts was answered, and the rates that are public."""

from collections.abc import Mapping

from django.db.models import QuerySet

from services.accounts.models import User
from services.integrity.models import Exclusion, GiftRate, GiftTicket
from services.integrity.tokens import digest_of

#: From how many answers on a rate is public, and in steps of how many it is brought up to date.
ENOUGH = 20


def excluded_users(reference: str) -> frozenset[int]:
    """Those (by id) who may neither see nor handle this case."""
    return frozenset(Exclusion.objects.filter(reference=reference).values_list("user_id", flat=True))


def excluded_from(user: User) -> QuerySet[Exclusion, str]:
    """The references of the cases that this user may neither see nor handle, for a condition of another query."""
    return Exclusion.objects.filter(user=user).values_list("reference", flat=True)


def has_answered(reference: str) -> bool:
    """Whether the question about this case was answered. Nobody can tell how."""
    return GiftTicket.objects.filter(digest=digest_of(reference)).exists()


def gift_rates() -> Mapping[str, GiftRate]:
    """The public rate of each service that has one, by its slug. One query."""
    return {rate.service: rate for rate in GiftRate.objects.order_by("service")}


def gift_rate(service: str) -> GiftRate | None:
    """The public rate of one service; None while fewer than ENOUGH people answered."""
    return GiftRate.objects.filter(service=service).first()

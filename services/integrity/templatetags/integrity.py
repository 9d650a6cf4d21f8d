"""What pages of other apps show of integrity: the public rate of one service."""

from django import template

from services.integrity import queries
from services.integrity.models import GiftRate

register = template.Library()


@register.simple_tag
def gift_rate(service: str) -> GiftRate | None:
    """How many were asked for more, as far as that is public; None otherwise."""
    return queries.gift_rate(service)

"""How many were asked for a gift, service by service: what of it is public."""

from dataclasses import dataclass

from services.catalogue.models import Service
from services.foundation import texts
from services.integrity import queries as integrity
from services.integrity.models import GiftRate


@dataclass(frozen=True, slots=True)
class GiftLine:
    """The rate of one service, by its name in the reader's language."""

    name: str
    slug: str
    rate: GiftRate


def gift_lines() -> list[GiftLine]:
    """The services of which enough people have answered, the highest rate first. One query, two where there are any."""
    rates = integrity.gift_rates()
    if not rates:
        return []
    names = {
        row.slug: texts.local(row.name) for row in Service.objects.filter(slug__in=rates).only("slug", "name")
    }
    lines = [GiftLine(names[slug], slug, rate) for slug, rate in rates.items() if slug in names]
    return sorted(lines, key=lambda line: (-line.rate.percent, line.name))

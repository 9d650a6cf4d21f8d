"""A fair lot between officers: the fuller a desk, the less often it is drawn; who is drawn is nobody's choice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.accounts.models import User
from services.casework.models import Case

#: A whole number from 0 up to, and without, the one that is given.
Below = Callable[[int], int]
#: The weight of an empty desk. Whole numbers, so that anybody can reckon it again.
WHOLE: Final = 1000


def is_given_out(case: Case) -> bool:
    """Whether the machine draws who gets the file of this case, so that nobody chooses it; never a confidential one."""
    return case.service_version.is_given_out and not case.is_confidential


@dataclass(frozen=True, slots=True)
class Lot:
    """One officer who may be drawn, with how many files and reviews lie on their desk."""

    officer: User
    load: int

    @property
    def weight(self) -> int:
        """An empty desk weighs WHOLE, one with a single file half of that, and so on; never nothing."""
        return max(1, WHOLE // (1 + self.load))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn: the number, out of how many, and on whom it fell."""

    lots: Sequence[Lot]
    number: int
    total: int
    chosen: Lot

    @property
    def details(self) -> dict[str, Any]:
        """The draw as the record keeps it: whoever adds up the weights in this order finds whom the number fell on."""
        return {
            "drawn": self.number,
            "of": self.total,
            "candidates": len(self.lots),
            "lots": [
                {"officer": str(lot.officer.pseudonym), "open": lot.load, "weight": lot.weight}
                for lot in self.lots
            ],
            "to": str(self.chosen.officer.pseudonym),
        }


def draw(lots: Sequence[Lot], *, below: Below) -> Drawn:
    """Draw one of these, each as often as its weight says. Raises ValueError where there is nobody."""
    if not lots:
        raise ValueError("nobody to draw from")
    total = sum(lot.weight for lot in lots)
    number = left = below(total)
    for lot in lots:
        if left < lot.weight:
            return Drawn(lots=lots, number=number, total=total, chosen=lot)
        left -= lot.weight
    raise ValueError(f"{number} was drawn out of {total}")

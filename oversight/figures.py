"""What a stretch of time had, as numbers that can be added; and what half and nine tenths of them stayed within."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from typing import Final, Self

from oversight.models import DailyFigure

Measure = DailyFigure.Measure

HALF: Final = 0.5
NINE_TENTHS: Final = 0.9


@dataclass
class Figures:
    """Sums of daily figures, by measure and key."""

    numbers: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def together(cls, several: Iterable[Self]) -> Self:
        """The sum of several."""
        found = cls()
        for each in several:
            found.numbers.update(each.numbers)
        return found

    def add(self, measure: str, key: str, number: int) -> None:
        """Take one more figure in."""
        self.numbers[measure, key] += number

    def of(self, measure: str) -> int:
        """How many there are of a measure, whatever their key."""
        return sum(number for (kind, _key), number in self.numbers.items() if kind == measure)

    def by_key(self, measure: str) -> dict[str, int]:
        """How many there are of a measure, by key."""
        return {key: number for (kind, key), number in self.numbers.items() if kind == measure and number}

    @property
    def settled(self) -> int:
        """How many were settled with something promised about the time."""
        return self.of(Measure.IN_TIME) + self.of(Measure.OVER_TIME)

    @property
    def share_in_time(self) -> float | None:
        """The share of these that was settled in time; None where nothing was settled."""
        return self.of(Measure.IN_TIME) / self.settled if self.settled else None

    @property
    def median_days(self) -> int | None:
        """Half of what was settled took this many working days of the office or fewer."""
        return within(HALF, self._days())

    @property
    def p90_days(self) -> int | None:
        """Nine of ten took this many or fewer."""
        return within(NINE_TENTHS, self._days())

    def _days(self) -> dict[int, int]:
        return {int(key): number for key, number in self.by_key(Measure.DAYS).items()}


def within(share: float, numbers: dict[int, int]) -> int | None:
    """The smallest value that at least this share of all does not exceed (nearest rank); `numbers` says how often each occurs."""
    total = sum(numbers.values())
    rank, seen = ceil(share * total), 0
    for value in sorted(numbers):
        seen += numbers[value]
        if seen >= rank:
            return value
    return None

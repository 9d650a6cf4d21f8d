"""How the cases of a bench are shared out: most ended over five years, a backlog, and desks as full as desks are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import sqrt
from random import Random
from typing import Final

from django.db.models import Count

from portal.bench.prototypes import Prototype
from portal.bench.staff import Colleague, Desks
from services.casework.models import Case

#: Of a hundred cases: ended; with the office's clock running; open without one (waiting for the applicant, decided); drafts.
SHARES: Final = {"ended": 85.0, "running": 11.0, "waiting": 2.0, "draft": 2.0}
#: How many files lie on one desk, and how many of ten open cases lie on one as long as there is room. At every size the same
#: staff works, so that only the backlog behind it differs.
DESK: Final = 5
LYING: Final = 0.5
YEARS: Final = 5
WEEKS: Final = YEARS * 52
#: By how much at most an open case is older than its prototype.
SPREAD: Final = timedelta(minutes=20)


class Shares:
    """Draws prototypes by the shares, each as often as the demo has it; a full desk is given nothing more."""

    def __init__(
        self, patterns: Sequence[Prototype], staff: Desks, hats: Mapping[int, str], *, chance: Random
    ) -> None:
        self.chance, self.staff, self.hats = chance, staff, hats
        self.free: dict[str, list[Prototype]] = defaultdict(list)
        self.held: dict[str, list[Prototype]] = defaultdict(list)
        for pattern in patterns:
            lies = pattern.case.assignee_id and pattern.case.closed_at is None
            (self.held if lies else self.free)[share_of(pattern)].append(pattern)
        self.names = [name for name in SHARES if self.free[name]]
        self.weights = [SHARES[name] for name in self.names]
        lying = Case.objects.filter(assignee__isnull=False, closed_at=None).values_list("assignee")
        self.load: Counter[int] = Counter(dict(lying.annotate(Count("pk"))))

    def draw(self) -> Prototype:
        """The next prototype."""
        (name,) = self.chance.choices(self.names, self.weights)
        if self.held[name] and self.chance.random() < LYING:
            pattern = self.chance.choice(self.held[name])
            if self._emptiest(pattern):
                return pattern
        return self.chance.choice(self.free[name])

    def desk(self, pattern: Prototype) -> Colleague | None:
        """The desk on which a copy comes to lie, where its prototype lies on one; None for whoever has no colleagues."""
        found = self._emptiest(pattern)
        if found:
            self.load[found.user] += 1
        return found

    def moved(self, pattern: Prototype) -> timedelta:
        """How much earlier a copy happened: whole weeks, so that its days are as they were; of each year more than of the one before.

        An open case is about as old as its prototype.
        """
        earlier = SPREAD * self.chance.random()
        if share_of(pattern) == "ended":
            earlier += timedelta(weeks=int(WEEKS * (1 - sqrt(self.chance.random()))))
        return earlier

    def _emptiest(self, pattern: Prototype) -> Colleague | None:
        """The emptiest desk of the holder's colleagues with room."""
        hat = self.hats.get(pattern.case.assignee_id or 0, "")
        there = self.staff.get((pattern.case.agency_id, hat), ())
        room = [one for one in there if self.load[one.user] < DESK]
        return min(room, key=lambda one: self.load[one.user], default=None)


def share_of(pattern: Prototype) -> str:
    """Which share a case is of."""
    case = pattern.case
    if case.closed_at:
        return "ended"
    if case.submitted_at is None:
        return "draft"
    return "running" if case.due_at and not case.decided_at and not pattern.stands_still else "waiting"

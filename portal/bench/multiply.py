"""Multiplies the cases of a bench: copies of its prototypes, each whole and its own, a batch in each transaction."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from django.db import transaction

from portal.bench import copying, marker
from portal.bench.copies import Copy, Givers
from portal.bench.marker import OWNER
from portal.bench.neighbours import Neighbours
from portal.bench.prototypes import Prototype, Reader
from portal.bench.shares import YEARS, Shares
from portal.bench.staff import desks
from portal.bench.tables import of_a_case
from services.accounts.models import Membership
from services.casework.models import Case
from services.government import queries as government

BATCH: Final = 10_000
USERS: Final = (
    "accounts_user",
    "id, password, pseudonym, phone, phone_verified_at, language, is_active, created_at",
)
PERSONS: Final = (
    "accounts_person",
    "id, user_id, is_own, name, nik_sealed, nik_index, nik_mask, phone, district_id, created_at",
)


def make_cases(
    number: int, *, at: datetime, seed: int = 2026, told: Callable[[int], None] = lambda _made: None
) -> int:
    """Copy cases until the database holds so many; returns how many were made. Raises UnableToBench (unmarked, no_prototypes)."""
    marker.require_mark()
    there = Case.objects.count()
    patterns = list(Reader().prototypes()) if there < number else []
    if not patterns:
        if there < number:
            raise marker.UnableToBench("There is no case yet that could be copied.", code="no_prototypes")
        return 0
    copying.open_months(at, years=YEARS + 1)
    copier = Copier(patterns, at=at, seed=seed + there)
    batches = [min(BATCH, number - there - made) for made in range(0, number - there, BATCH)]
    for lines in ahead(copier.draw(size) for size in batches):
        there += copier.write(lines)
        told(there)
    copying.check_keys(copier.names)
    copying.tidy(copier.names)
    return sum(batches)


@dataclass(frozen=True, slots=True)
class Given:
    """The last key of each table and the last number of each series that a batch has used."""

    keys: dict[str, int]
    numbers: Counter[str]


@dataclass(frozen=True, slots=True)
class Lines:
    """A batch of cases as lines for COPY, by table."""

    cases: int
    of: dict[str, str]
    given: Given


class Copier:
    """Draws copies of the prototypes and writes them."""

    def __init__(self, patterns: Sequence[Prototype], *, at: datetime, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 (invented data, no secret)
        tables = of_a_case()
        self.columns = dict((USERS, PERSONS, *((table.name, table.names) for table in tables)))
        self.names = list(self.columns)
        numbered = [table.name for table in tables if table.is_numbered]
        staff, hats = desks(), worn_hats()
        neighbours = Neighbours(
            chance=chance,
            last_user=copying.last_key(USERS[0]),
            districts=list(government.smallest_districts()),
            at=at,
        )
        self.givers = Givers(
            chance=chance,
            shares=Shares(patterns, staff, hats, chance=chance),
            staff=staff,
            hats=hats,
            neighbours=neighbours,
            keys={name: copying.last_key(name) for name in numbered},
            numbers=copying.last_numbers(),
        )

    def draw(self, number: int) -> Lines:
        """So many cases with all that hangs on them, as lines by table. Asks the database nothing."""
        lines: dict[str, list[str]] = defaultdict(list)
        for _ in range(number):
            for name, text in Copy(self.givers.shares.draw(), self.givers).rows():
                lines[name].append(text)
        users, persons = self.givers.neighbours.taken()
        given = Given(
            {**self.givers.keys, USERS[0]: self.givers.neighbours.user}, Counter(self.givers.numbers)
        )
        joined = {name: "".join(its) for name, its in lines.items()}
        return Lines(number, {USERS[0]: users, PERSONS[0]: persons, **joined}, given)

    def write(self, lines: Lines) -> int:
        """Write a batch, or nothing of it; returns how many cases it had."""
        with transaction.atomic(using=OWNER), copying.guards_off(self.names):
            for name, columns in self.columns.items():
                copying.copy(name, columns, lines.of.get(name, ""))
            copying.keep_numbers(lines.given.numbers)
            for name, key in lines.given.keys.items():
                copying.go_on_from(name, key)
        return lines.cases


def ahead(batches: Iterator[Lines]) -> Iterator[Lines]:
    """Each batch, while a thread draws the next one."""
    with ThreadPoolExecutor(max_workers=1) as drawing:
        following = drawing.submit(next, batches, None)
        while (batch := following.result()) is not None:
            following = drawing.submit(next, batches, None)
            yield batch


def worn_hats() -> dict[int, str]:
    """The first hat of everybody who wears any: in a copy a colleague of the same hat stands for them."""
    found: dict[int, str] = {}
    for user, hat in Membership.objects.order_by("pk").values_list("user_id", "hat"):
        found.setdefault(user, hat)
    return found

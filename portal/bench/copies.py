"""One copy of a prototype: what fills its holes, so that it is a case of its own people, of its own time, in the record."""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import uuid4

from portal.bench.neighbours import Neighbour, Neighbours
from portal.bench.prototypes import COPY, Prototype
from portal.bench.shares import Shares
from portal.bench.staff import Colleague, Desks
from services.audit.canonical import SALT_LENGTH, commitment, instant
from services.documents import codes
from services.foundation import references


@dataclass(slots=True)
class Givers:
    """What copies draw from: chance, people, and what is given once."""

    chance: Random
    shares: Shares
    staff: Desks
    hats: Mapping[int, str]
    neighbours: Neighbours
    keys: dict[str, int]
    numbers: Counter[str]


class Copy:
    """The values of one copy, each drawn once and used wherever its prototype has that hole."""

    def __init__(self, pattern: Prototype, givers: Givers) -> None:
        self.pattern, self.givers = pattern, givers
        self.earlier: timedelta = givers.shares.moved(pattern)
        self.people: dict[int, Neighbour | Colleague] = {
            user: found for user in sorted(pattern.users) if (found := self._stand_in(user))
        }
        self.given: dict[str, tuple[str, int, str]] = {}

    def rows(self) -> Iterator[tuple[str, str]]:
        """The lines of each table, as COPY reads them."""
        values = [getattr(self, f"_{hole[0]}")(*hole[1:]) for hole in self.pattern.holes]
        for event, text in self.pattern.payloads.items():
            payload, salt = text.written % text.of(values), secrets.token_bytes(SALT_LENGTH)
            for name, value in (
                ("payload", payload.replace("\\", "\\\\")),
                ("salt", f"\\\\x{salt.hex()}"),
                ("commitment", f"\\\\x{commitment(salt=salt, payload=payload).hex()}"),
            ):
                values[self.pattern.holes[name, event]] = value
        for table, text in self.pattern.rows.items():
            yield table, text.written % text.of(values)

    @cached_property
    def applicant(self) -> Neighbour | None:
        """Who brings the case."""
        applicant = self.pattern.case.applicant
        found = self.people.get(applicant.user_id or 0) if applicant else None
        return found if isinstance(found, Neighbour) else None

    def _stand_in(self, user: int) -> Neighbour | Colleague | None:
        """Who stands here for somebody: a citizen, or a colleague of the same hat; None where they stand for themselves."""
        case, hat = self.pattern.case, self.givers.hats.get(user)
        if hat is None:
            return self.givers.neighbours.somebody()
        if user == case.assignee_id and case.closed_at is None:
            return self.givers.shares.desk(self.pattern)
        colleagues = self.givers.staff.get((case.agency_id, hat))
        return self.givers.chance.choice(colleagues) if colleagues else None

    def _reference(self) -> str:
        return references.new(self.pattern.case.reference[0])

    def _submission_key(self, _old: str) -> str:
        return f"{COPY}{uuid4()}"

    def _key(self, table: str, _old: str) -> int:
        self.givers.keys[table] += 1
        return self.givers.keys[table]

    def _uuid(self, _old: str) -> str:
        return str(uuid4())

    def _user(self, user: int) -> int:
        found = self.people.get(user)
        return user if found is None else found.user

    def _pseudonym(self, user: int, old: str) -> str:
        found = self.people.get(user)
        return old if found is None else found.pseudonym

    def _person(self, user: int, old: str) -> str:
        found = self.people.get(user)
        return str(found.person) if isinstance(found, Neighbour) else old

    def _name(self) -> str:
        return self.applicant.name if self.applicant else ""

    def _moment(self, moment: Any) -> str:
        return str((moment - self.earlier).isoformat())

    def _evening(self, moment: Any) -> str:
        return str((moment - timedelta(days=self.earlier.days)).isoformat())

    def _instant(self, moment: Any) -> str:
        return instant(moment - self.earlier)

    def _day(self, day: Any) -> str:
        return str((day - timedelta(days=self.earlier.days)).isoformat())

    def _sequence(self, old: str) -> int:
        return self._numbered(old)[1]

    def _number(self, old: str) -> str:
        return self._numbered(old)[2]

    def _year(self, old: str) -> str:
        return self._numbered(old)[0]

    def _numbered(self, old: str) -> tuple[str, int, str]:
        """Year, sequence and number of a paper, each the next of its series."""
        if old not in self.given:
            prefix, _sequence, year = old.rsplit("/", 2)
            own_year = str(int(year) - round(self.earlier.days / 365.25))
            self.givers.numbers[f"{prefix}/{own_year}"] += 1
            sequence = self.givers.numbers[f"{prefix}/{own_year}"]
            self.given[old] = own_year, sequence, f"{prefix}/{sequence:04d}/{own_year}"
        return self.given[old]

    def _code(self, _old: str) -> str:
        return codes.new()

    def _nib(self, _old: str) -> str:
        return f"{secrets.randbelow(10**13):013}"

    def _nothing(self, _event: str) -> str:
        """A place that is filled once the payload of an event stands."""
        return ""

    _payload = _salt = _commitment = _nothing

"""Real cases as patterns: every row of a case as text with holes, where a copy has something of its own.

The cases of the demo were made by the operations that people use, so that a copy of one is as valid as they are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from operator import itemgetter
from typing import Any, Final

from django.utils.timezone import localtime

from portal.bench.marker import owner
from portal.bench.tables import CASE, EVENT, PAYLOAD, Column, Table, of_a_case
from services.accounts.models import Person, User
from services.casework.models import Case

#: What is confidential is sealed to its own row and cannot be copied.
KINDS: Final = ("PERMIT", "LICENCE", "COMPLAINT")
#: How the keys begin under which copies were sent.
COPY: Final = "copy:"
UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
MOMENT: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)"
#: What a copy does not have: its window for undoing is over, its contact cannot be sealed anew.
EMPTIED: Final = {
    (CASE, "undo"): None,
    (CASE, "undo_until"): None,
    ("complaints_complaint", "contact_sealed"): None,
    ("complaints_complaint", "contact_channel"): "",
}
#: What is given once, and so anew to each copy.
NUMBERED: Final = {
    ("documents_certificate", "sequence"): "sequence",
    ("documents_certificate", "number"): "number",
    ("documents_certificate", "year"): "year",
    ("documents_certificate", "code"): "code",
    ("licensing_business", "nib"): "nib",
    (CASE, "submission_key"): "submission_key",
    (EVENT, "commitment"): "commitment",
    (PAYLOAD, "salt"): "salt",
    (PAYLOAD, "payload"): "payload",
}
ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "%": "%%"})

#: A payload is hashed as it is, and escaped after.
UNESCAPED: Final = str.maketrans({"%": "%%"})

#: When a promise of days runs out: no copy moves it within its day.
LAST_SECOND: Final = time(23, 59, 59)

Row = Mapping[str, str | None]
#: What a hole is filled with: its kind, and what it is filled by.
Hole = tuple[Any, ...]


@dataclass(slots=True)
class Text:
    """A text with holes: `written` for the values, which `of` chooses from those of the whole case."""

    written: str
    of: Callable[[Any], Any]


@dataclass(slots=True)
class Prototype:
    """One case as a pattern. `payloads` are those of its events, by the id of the event."""

    case: Case
    holes: dict[Hole, int] = field(default_factory=dict)
    rows: dict[str, Text] = field(default_factory=dict)
    payloads: dict[str, Text] = field(default_factory=dict)
    users: set[int] = field(default_factory=set)
    keys: set[tuple[str, str]] = field(default_factory=set)
    stands_still: bool = False
    own: dict[str, Hole] = field(default_factory=dict)
    finder: re.Pattern[str] = re.compile(MOMENT)

    def hole(self, *what: Any) -> int:
        """The place of a hole among the values of the case."""
        return self.holes.setdefault(what, len(self.holes))


class Reader:
    """Reads cases as patterns. The names that stand in every case's rows are asked for once."""

    def __init__(self) -> None:
        self.tables: list[Table] = of_a_case()
        self.known: dict[str, Hole] = {
            str(pseudonym): ("pseudonym", pk, str(pseudonym))
            for pk, pseudonym in User.objects.values_list("pk", "pseudonym")
        }
        self.known |= {
            str(pk): ("person", user, str(pk))
            for pk, user in Person.objects.filter(is_own=True, user__isnull=False).values_list(
                "pk", "user_id"
            )
        }

    def prototypes(self) -> Iterator[Prototype]:
        """Every case of the database that can be copied; none that is a copy itself."""
        cases = Case.objects.filter(kind__in=KINDS, is_confidential=False).select_related("applicant")
        cases = cases.exclude(submission_key__isnull=False, submission_key__startswith=COPY)
        for case in cases.order_by("pk"):
            yield self.read(case)

    def read(self, case: Case) -> Prototype:
        """One case with everything that hangs on it."""
        pattern = Prototype(case)
        found = {table.name: self._rows(table, case) for table in self.tables}
        pattern.keys = {
            (table.name, str(row[column.name]))
            for table in self.tables
            for column in table.columns
            if column.is_key and column.type == "BigAutoField"
            for row in found[table.name]
        }
        pattern.stands_still = any(row["ended_at"] is None for row in found["casework_clockpause"])
        pattern.own = {case.reference: ("reference",)}
        for name in ("documents_certificate", "licensing_business", EVENT):
            pattern.own |= {row["id"] or "": ("uuid", row["id"]) for row in found[name]}
        numbers = [row["number"] or "" for row in found["documents_certificate"]]
        pattern.own |= {number: ("number", number) for number in numbers}
        pattern.finder = re.compile("|".join([MOMENT, UUID, *map(re.escape, [case.reference, *numbers])]))
        for table in self.tables:
            parts = [self._row(table, row, pattern) for row in found[table.name]]
            if parts:
                holes = [hole for _text, its in parts for hole in its]
                pattern.rows[table.name] = _text("".join(text for text, _holes in parts), holes)
        for row in found[PAYLOAD]:
            payload = self._filled(row["payload"] or "", pattern, UNESCAPED)
            pattern.payloads[row["event_id"] or ""] = _text(*payload)
        pattern.users = {hole[1] for hole in pattern.holes if hole[0] in {"user", "pseudonym", "person"}}
        return pattern

    def _rows(self, table: Table, case: Case) -> list[Row]:
        columns = ", ".join(f'"{column.name}"::text' for column in table.columns)
        with owner().cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM {table.name} WHERE {table.condition}",  # noqa: S608 (names of ours)
                {"case": case.pk, "reference": case.reference},
            )
            return [
                dict(zip((column.name for column in table.columns), row, strict=True))
                for row in cursor.fetchall()
            ]

    def _row(self, table: Table, row: Row, pattern: Prototype) -> tuple[str, list[int]]:
        """A line as COPY reads it."""
        texts, holes = [], []
        for column in table.columns:
            text, its = self._value(table, column, row, pattern)
            texts.append(text)
            holes += its
        return "\t".join(texts) + "\n", holes

    def _value(self, table: Table, column: Column, row: Row, pattern: Prototype) -> tuple[str, list[int]]:
        value = EMPTIED.get((table.name, column.name), row[column.name])
        hole = _own_hole(table, column, row, pattern)
        if value is None and hole is None:
            return "\\N", []
        return ("%s", [pattern.hole(*hole)]) if hole else self._filled(value or "", pattern, ESCAPES)

    def _filled(self, value: str, pattern: Prototype, escapes: Mapping[int, str]) -> tuple[str, list[int]]:
        """A text with holes where it names what a copy has of its own, and each moment."""
        texts, holes, last = [], [], 0
        for match in pattern.finder.finditer(value):
            word = match[0]
            hole = pattern.own.get(word) or self.known.get(word) or _moment(word)
            if hole:
                texts += [value[last : match.start()].translate(escapes), "%s"]
                holes.append(pattern.hole(*hole))
                last = match.end()
        return "".join(texts) + value[last:].translate(escapes), holes


def _own_hole(table: Table, column: Column, row: Row, pattern: Prototype) -> Hole | None:
    """The hole of a column that holds nothing else: a key, somebody, what is given once, a day, the applicant's name."""
    kind, value = NUMBERED.get((table.name, column.name)), row[column.name] or ""
    if kind:
        return kind, row.get("number") or row.get("event_id") or row["id"]
    if value and column.points_at == User._meta.db_table:
        return "user", int(value)
    keyed = column.points_at or (table.name if column.is_key else "")
    if (keyed, value) in pattern.keys:
        return "key", keyed, value
    if value and column.type == "DateField":
        return "day", date.fromisoformat(value)
    if column.name == "holder_name" and pattern.case.applicant and value == pattern.case.applicant.name:
        return ("name",)
    return None


def _moment(word: str) -> Hole | None:
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        return None
    if word.endswith("Z"):
        return "instant", moment
    return ("evening" if localtime(moment).time() == LAST_SECOND else "moment"), moment


def _text(written: str, holes: list[int]) -> Text:
    if len(holes) > 1:
        return Text(written, itemgetter(*holes))
    return Text(written, lambda values: tuple(values[hole] for hole in holes))

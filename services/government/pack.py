"""The government's section of a pack: government.yaml, agencies.yaml, districts.yaml, holidays.yaml and look/."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from services.foundation.packs import BrokenPackError, Shape, Source, Sourced, read_all
from services.government import look, operations, queries
from services.government.definition import (
    AgencyDefinition,
    DistrictDefinition,
    GovernmentDefinition,
    HolidayDefinition,
)


class Agencies(Shape):
    """agencies.yaml."""

    agencies: list[AgencyDefinition] = Field(min_length=1)


class Districts(Shape):
    """districts.yaml."""

    districts: list[DistrictDefinition] = Field(min_length=1)


class Holidays(Shape):
    """holidays.yaml."""

    overrides: list[HolidayDefinition] = []


BELONGS_TO_ANOTHER = (
    "this database belongs to {}; a portal has one government, so load this one into a database of its own"
)

SHAPES: dict[str, type[Shape]] = {
    "government.yaml": GovernmentDefinition,
    "agencies.yaml": Agencies,
    "districts.yaml": Districts,
    "holidays.yaml": Holidays,
}


@dataclass(frozen=True)
class Section:
    """What the files of this section say, checked."""

    government: GovernmentDefinition
    drawings: dict[str, Any]
    agencies: list[AgencyDefinition]
    districts: list[DistrictDefinition]
    holidays: list[HolidayDefinition]


def read_section(folder: Path) -> Section:
    """The section of a pack, checked; raises BrokenPackError with every problem of every file."""
    problems: list[str] = []
    drawings: dict[str, Any] = {}
    read: dict[str, Sourced] = {}
    try:
        drawings = look.read_drawings(folder)
    except BrokenPackError as broken:
        problems += broken.problems
    try:
        read = read_all(folder, SHAPES, check=_problems)
    except BrokenPackError as broken:
        problems += broken.problems
    if read and (code := read["government.yaml"].value.code) != folder.resolve().name:
        problems.append(
            read["government.yaml"].source.problem(["code"], f"the folder of this pack is called {code}")
        )
    if problems:
        raise BrokenPackError(problems)
    return Section(
        government=read["government.yaml"].value,
        drawings=drawings,
        agencies=read["agencies.yaml"].value.agencies,
        districts=read["districts.yaml"].value.districts,
        holidays=read["holidays.yaml"].value.overrides,
    )


def load_section(section: Section, *, at: dt.datetime) -> list[str]:
    """Bring the database to what the section says; returns one line for each thing that changed. Inside atomic.

    Raises BrokenPackError for a database that belongs to another government: nothing of one may be mixed with the other.
    """
    known = queries.government()
    if known and known.code != section.government.code:
        raise BrokenPackError([f"government.yaml: code: {BELONGS_TO_ANOTHER.format(known.code)}"])
    return [
        *operations.describe_government(definition=section.government, drawings=section.drawings, at=at),
        *operations.set_agencies(definitions=section.agencies, at=at),
        *operations.set_districts(definitions=section.districts, at=at),
        *operations.set_holidays(definitions=section.holidays, at=at),
    ]


def _problems(file: Sourced) -> list[str]:
    """What the shapes alone cannot see: codes used twice, parents that do not exist, the number of roots."""
    value = file.value
    if isinstance(value, Agencies):
        problems = _row_problems(file.source, "agencies", [(row.code, row.parent) for row in value.agencies])
        if sum(row.is_root for row in value.agencies) != 1:
            problems.append(
                file.source.problem(["agencies"], "exactly one agency is the root (is_root: true)")
            )
        return problems
    if isinstance(value, Districts):
        return _row_problems(file.source, "districts", [(row.code, row.parent) for row in value.districts])
    if isinstance(value, Holidays):
        return _row_problems(
            file.source, "overrides", [(row.date.isoformat(), None) for row in value.overrides]
        )
    return []


def _row_problems(source: Source, key: str, rows: Sequence[tuple[str, str | None]]) -> list[str]:
    """Codes are used once, and a parent stands above its children in the file, which also excludes circles."""
    problems = []
    seen: set[str] = set()
    for number, (code, parent) in enumerate(rows):
        if code in seen:
            problems.append(source.problem([key, number], f"{code} is listed twice"))
        if parent and parent not in seen:
            problems.append(source.problem([key, number, "parent"], f"{parent} is not listed above"))
        seen.add(code)
    return problems

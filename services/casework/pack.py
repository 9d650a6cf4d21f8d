"""The section of a pack on clocks that run out: escalation.yaml."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.casework import operations
from services.catalogue.definition.keys import Slug
from services.catalogue.models import Service
from services.foundation.packs import BrokenPackError, Shape, Sourced, read

FILE = "escalation.yaml"


class RungDefinition(Shape):
    """At so many per cent of a clock somebody hears of it."""

    at_percent: int = Field(ge=1, le=1000)
    tells: Literal["officer", "supervisor", "head", "head_of_government", "inspectorate"]


def _rises(ladder: list[RungDefinition]) -> list[RungDefinition]:
    percents = [rung.at_percent for rung in ladder]
    if percents != sorted(set(percents)):
        raise ValueError("each rung stands higher than the one before")
    return ladder


Ladder = Annotated[list[RungDefinition], Field(min_length=1), AfterValidator(_rises)]


class OwnLadder(Shape):
    """The ladder of one service, in place of the one for all."""

    service: Slug
    ladder: Ladder


class EscalationDefinition(Shape):
    """escalation.yaml: the ladder of every service, and of those that have their own."""

    ladder: Ladder
    services: list[OwnLadder] = []


@dataclass(frozen=True)
class Section:
    """What the file says, checked as far as it can be by itself."""

    file: Sourced


def read_section(folder: Path) -> Section:
    """The section of a pack, checked; raises BrokenPackError with every problem."""
    return Section(file=read(folder, FILE, EscalationDefinition))


def load_section(section: Section, *, at: dt.datetime) -> list[str]:
    """Bring the ladders to what the section says; one line for each that changed. Inside atomic, after the catalogue.

    Raises BrokenPackError where it names a service that the pack does not have, or one twice.
    """
    definition: EscalationDefinition = section.file.value
    known = set(Service.objects.filter(is_listed=True).values_list("slug", flat=True))
    slugs = [row.service for row in definition.services]
    problems = [
        section.file.source.problem(
            ["services", place, "service"], f"no service {slug}, or it stands here twice"
        )
        for place, slug in enumerate(slugs)
        if slug not in known or slug in slugs[:place]
    ]
    if problems:
        raise BrokenPackError(problems)
    ladders = {"": _rungs(definition.ladder)}
    ladders |= {row.service: _rungs(row.ladder) for row in definition.services}
    return operations.set_ladders(ladders=ladders, at=at)


def _rungs(ladder: list[RungDefinition]) -> list[tuple[int, str]]:
    return [(rung.at_percent, rung.tells.upper()) for rung in ladder]

"""The section of a pack on reports: complaints.yaml."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from complaints import operations
from complaints.definition import ComplaintsDefinition
from services.catalogue.models import Deadline, Service
from services.foundation.packs import BrokenPackError, Place, Sourced, read
from services.government import queries as government

FILE = "complaints.yaml"


@dataclass(frozen=True)
class Section:
    """What the file says, checked as far as it can be by itself."""

    file: Sourced


def read_section(folder: Path) -> Section:
    """The section of a pack, checked; raises BrokenPackError with every problem."""
    return Section(file=read(folder, FILE, ComplaintsDefinition))


def load_section(section: Section, *, at: dt.datetime) -> list[str]:
    """Bring the database to what the section says; one line for each thing that changed. Inside atomic, after the others.

    Raises BrokenPackError where it names an agency, a district, a service or a time that the pack does not have.
    """
    problems = [
        section.file.source.problem(place, reason) for place, reason in _strangers(section.file.value)
    ]
    if problems:
        raise BrokenPackError(problems)
    return operations.describe_reports(definition=section.file.value, at=at)


def _strangers(definition: ComplaintsDefinition) -> Iterator[tuple[Place, str]]:
    """What the file names and nobody knows."""
    agencies = set(government.agencies().values_list("code", flat=True))
    offered = Service.objects.filter(is_listed=True, kind=Service.Kind.COMPLAINT)
    if definition.office not in agencies:
        yield ["office"], f"no agency {definition.office}"
    if not offered.filter(slug=definition.service).exists():
        yield ["service"], f"no service {definition.service} of the kind COMPLAINT"
    districts = set(government.districts().values_list("code", flat=True))
    times = set(Deadline.objects.values_list("code", flat=True))
    for place, what, code in _named(definition):
        known = {"agency": agencies, "district": districts, "time": times}[what]
        if code not in known:
            yield place, f"no {what} {code}" + (" in deadlines.yaml" if what == "time" else "")


def _named(definition: ComplaintsDefinition) -> Iterator[tuple[Place, str, str]]:
    """Every agency, district and time that the categories name: where, what it is, its code."""
    for number, group in enumerate(definition.groups):
        for index, category in enumerate(group.categories):
            place: list[str | int] = ["groups", number, "categories", index]
            yield [*place, "agency"], "agency", category.agency
            yield [*place, "settlement"], "time", category.settlement
            for district, agency in category.districts.items():
                yield [*place, "districts", district], "district", district
                yield [*place, "districts", district], "agency", agency

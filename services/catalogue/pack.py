"""The catalogue's section of a pack: catalogue.yaml, deadlines.yaml and one file for each service in services/."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from services.catalogue import checks, deadlines, operations, queries
from services.catalogue.definition import DeadlineDefinition, ServiceDefinition, Slug, bounds
from services.foundation.packs import BrokenPackError, Shape, Sourced, read_all
from services.government import queries as government

NO_STANDARD = (
    "the six public components are missing (UU 25/2009 article 21); without them nothing is published"
)


class Catalogue(Shape):
    """catalogue.yaml: what people need most, for the first page."""

    most_needed: list[Slug] = []


class Deadlines(Shape):
    """deadlines.yaml."""

    deadlines: list[DeadlineDefinition] = Field(min_length=1)


@dataclass(frozen=True)
class Section:
    """What the files of this section say, checked. `services` keep their files, since agencies are checked later."""

    most_needed: list[str]
    deadlines: list[DeadlineDefinition]
    services: list[Sourced]


def read_section(folder: Path) -> Section:
    """The section of a pack, checked; raises BrokenPackError with every problem of every file."""
    names = sorted(f"services/{path.name}" for path in (folder / "services").glob("*.yaml"))
    shapes: dict[str, type[Shape]] = {"catalogue.yaml": Catalogue, "deadlines.yaml": Deadlines}
    read = read_all(folder, shapes | dict.fromkeys(names, ServiceDefinition), check=_problems)
    services = [read[name] for name in names]
    slugs = {file.value.slug for file in services}
    problems = [problem for file in services for problem in _strangers(file, slugs)]
    unknown = [slug for slug in read["catalogue.yaml"].value.most_needed if slug not in slugs]
    problems += [
        read["catalogue.yaml"].source.problem(["most_needed"], f"no service {slug}") for slug in unknown
    ]
    if problems:
        raise BrokenPackError(problems)
    return Section(
        most_needed=read["catalogue.yaml"].value.most_needed,
        deadlines=read["deadlines.yaml"].value.deadlines,
        services=services,
    )


def load_section(section: Section, *, at: dt.datetime) -> list[str]:
    """Publish what is new, withdraw what is gone; one line for each thing that changed. Inside atomic."""
    agencies = set(government.agencies().values_list("code", flat=True))
    problems = [
        file.source.problem(["agency"], f"no agency {file.value.agency}")
        for file in section.services
        if file.value.agency not in agencies
    ]
    problems += [problem for file in section.services for problem in _nowhere(file)]
    problems += [problem for file in section.services for problem in _nobody(file, agencies)]
    if problems:
        raise BrokenPackError(problems)
    changed = operations.set_deadlines(definitions=section.deadlines, at=at)
    for file in section.services:
        publication = operations.publish_version(definition=file.value, at=at)
        if publication.is_new:
            changed.append(f"service {file.value.slug}: version {publication.version.number} published")
    slugs = [file.value.slug for file in section.services]
    for service in queries.published_services().exclude(slug__in=slugs):
        operations.withdraw_service(service=service, at=at)
        changed.append(f"service {service.slug}: withdrawn")
    operations.rank_services(slugs=section.most_needed)
    return changed


def _nobody(file: Sourced, agencies: set[str]) -> list[str]:
    """Reviews of an agency that this pack does not have."""
    return [
        file.source.problem(["reviews", place, "agency"], f"no agency {review.agency}")
        for place, review in enumerate(file.value.reviews)
        if review.agency and review.agency not in agencies
    ]


def _nowhere(file: Sourced) -> list[str]:
    """Questions whose address would lie in a district that this pack does not have."""
    known = set(government.districts().values_list("code", flat=True))
    return [
        file.source.problem(
            ["groups", place, "questions", number, "within"], f"no district {question.within}"
        )
        for place, group in enumerate(file.value.groups)
        for number, question in enumerate(group.questions)
        if question.within and question.within not in known
    ]


def _problems(file: Sourced) -> list[str]:
    """What the shapes alone cannot see: a file named otherwise than its service, no public standard, a deadline twice."""
    value = file.value
    if isinstance(value, Deadlines):
        keys = [(row.code, row.valid_from) for row in value.deadlines]
        doubled = sorted({row.code for row in value.deadlines if keys.count((row.code, row.valid_from)) > 1})
        missing = sorted(deadlines.needed() - {row.code for row in value.deadlines})
        problems = [f"{code} is listed twice for one date" for code in doubled]
        problems += [f"{code} is missing: every pack must give this time" for code in missing]
        return [file.source.problem(["deadlines"], problem) for problem in problems]
    if not isinstance(value, ServiceDefinition):
        return []
    problems = []
    if file.source.name != f"services/{value.slug}.yaml":
        problems.append(
            file.source.problem(["slug"], f"the file of this service is services/{value.slug}.yaml")
        )
    if value.standard is None:
        problems.append(file.source.problem(["standard"], NO_STANDARD))
    problems += [file.source.problem(place, reason) for place, reason in bounds.faults(value)]
    return problems + _unknown_checks(file)


def _unknown_checks(file: Sourced) -> list[str]:
    """Checks that this release cannot carry out, each with those that it can."""
    known = ", ".join(sorted(checks.known()))
    return [
        file.source.problem(["checks", place], f"no check {name}; there are: {known}")
        for place, name in enumerate(file.value.checks)
        if name not in checks.known()
    ]


def _strangers(file: Sourced, slugs: set[str]) -> list[str]:
    """Other services that the questions on the page lead to, and that this pack does not have."""
    return [
        file.source.problem(
            ["triage", number, "answers", place, "outcome", "service"], f"no service {outcome.service}"
        )
        for number, question in enumerate(file.value.triage)
        for place, answer in enumerate(question.answers)
        if (outcome := answer.outcome).service and outcome.service not in slugs
    ]

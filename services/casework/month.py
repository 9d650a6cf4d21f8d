"""What a month has brought one officer, by service. It is theirs: no ranking, and nothing to compare it with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q

from services.accounts import actors
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.audit import queries as record
from services.audit.actors import Subject
from services.casework.models import Holding, Left
from services.foundation import months, texts
from services.government.models import Agency

#: The name, in every workflow that has it, of the step that gives a file back to its applicant.
RETURN: Final = "return"
OPENED: Final = "casework.month.opened"
EXPORTED: Final = "casework.month.exported"


@dataclass(frozen=True, slots=True)
class Line:
    """Of one service (or all together): files that came onto the desk, were done, done in time, given back to the applicant."""

    service: str
    taken: int
    done: int
    in_time: int
    returned: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The four numbers, in the order of the page."""
        return (self.taken, self.done, self.in_time, self.returned)


@dataclass(frozen=True, slots=True)
class Month:
    """The month that begins on `first`, a line for each service, and all of them together."""

    first: date
    lines: tuple[Line, ...]
    together: Line


def month_of(officer: User, *, first: date, agency: Agency | None = None) -> Month:
    """What the month brought this officer; with an `agency`, what its supervisor may know. One query over the officer's own rows."""
    since, until = months.span(first)
    taken = Q(taken_at__gte=since, taken_at__lt=until)
    done = Q(left_at__gte=since, left_at__lt=until, left_by=Left.DONE)
    held = Holding.objects.filter(taken | done, officer=officer)
    if agency is not None:
        held = held.filter(agency=agency, case__is_confidential=False)
    rows = held.values("case__service_version__service", "case__service_version__service__name").annotate(
        taken=Count("pk", filter=taken),
        done=Count("pk", filter=done),
        in_time=Count("pk", filter=done & Q(in_time=True)),
        returned=Count("pk", filter=done & Q(step=RETURN)),
    )
    lines = sorted((_line(row) for row in rows), key=lambda line: line.service)
    return Month(first=first, lines=tuple(lines), together=_together(lines))


def record_look(
    officer: User, *, reader: User, agency: Agency, first: date, at: datetime, is_export: bool = False
) -> None:
    """Put on record that a supervisor looked at the month of an officer, who reads of it on their own page."""
    with transaction.atomic():
        audit.record(
            EXPORTED if is_export else OPENED,
            actor=actors.acting(reader, hat=Hat.SUPERVISOR, agency_code=agency.code),
            subject=_subject(officer),
            at=at,
            details={"month": f"{first:%Y-%m}"},
        )


def looks_at(officer: User, *, first: date) -> list[datetime]:
    """When a supervisor looked at this month of the officer, the latest first. One query."""
    since, _until = months.span(first)
    looks = record.events_of(_subject(officer), since=since)
    return [look.at for look in reversed(looks) if look.details.get("month") == f"{first:%Y-%m}"]


def _subject(officer: User) -> Subject:
    return Subject("month", str(officer.pseudonym))


def _line(row: Mapping[str, Any]) -> Line:
    name = texts.local(row["case__service_version__service__name"])
    return Line(name, row["taken"], row["done"], row["in_time"], row["returned"])


def _together(lines: Iterable[Line]) -> Line:
    sums = [sum(numbers) for numbers in zip(*(line.numbers for line in lines), strict=True)]
    return Line("", *(sums or (0, 0, 0, 0)))

"""The register: who got what, who was refused and why, who helped, whose hands it went through. For auditors alone."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from oversight.queries.cases import cases, defects
from oversight.queries.totals import end_of
from services.accounts.models import Hat, Person
from services.audit.models import Event, Payload
from services.casework.models import Case, Defect, Outcome
from services.casework.queries import name_of
from services.catalogue.models import ServiceVersion

NEWEST_FIRST: Final = ("-submitted_at", "-id")
OPENED: Final = "casework.file.opened"
TAKEN: Final = "casework.case.taken"
#: What goes beside the usual road: each needs a reason, which the record keeps.
OVERRIDES: Final = (
    "casework.late_defects.allowed",
    "casework.certificate.revoked",
    "casework.request.beyond",
    "casework.request.released",
)

#: What is large and stands in no entry.
HEAVY: Final = ("answers", "service_version__definition")

WITH_HELPER: Final = "with"
WITHOUT_HELPER: Final = "without"
STILL_OPEN: Final = "OPEN"


@dataclass(frozen=True, slots=True)
class Filters:
    """What an auditor asks for. Days are those on which a case came in; `helper` is with, without, or one helper's pseudonym."""

    since: date
    until: date
    service: str = ""
    agency: str = ""
    outcome: str = ""
    helper: str = ""

    def named(self) -> dict[str, str]:
        """The filters as the record names them."""
        said = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        rest = {name: getattr(self, name) for name in ("service", "agency", "outcome", "helper")}
        return said | {name: value for name, value in rest.items() if value}


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody of an office through whose hands a case went: in which hat, for which agency."""

    hat: str
    agency: str
    name: str


@dataclass(frozen=True, slots=True)
class Override:
    """Something that went beside the usual road, why, and by whose hand."""

    action: str
    at: datetime
    reason: str
    hand: Hand


@dataclass(slots=True)
class Entry:
    """One case of the register."""

    case: Case
    hands: list[Hand] = field(default_factory=list)
    returns: list[Defect] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HelperRow:
    """A helper, how many cases they filed for others, and how those that were decided ended."""

    pseudonym: UUID
    name: str
    number: int
    decided: int
    granted: int

    @property
    def share_granted(self) -> float | None:
        """The share of the decided ones that was granted."""
        return self.granted / self.decided if self.decided else None


def matching(filters: Filters) -> QuerySet[Case]:
    """The cases that these filters let through, with what an entry names."""
    found = cases().filter(
        submitted_at__gt=end_of(filters.since - timedelta(days=1)), submitted_at__lte=end_of(filters.until)
    )
    if filters.service:
        found = found.filter(service_version__service__slug=filters.service)
    if filters.agency:
        found = found.filter(agency__code=filters.agency)
    found = found.filter(_outcome(filters.outcome), _helper(filters.helper))
    related = ("service_version__service", "agency", "district", "applicant", "helper")
    return found.select_related(*related).annotate(helper_name=name_of("helper")).defer(*HEAVY)


def entries(found: Sequence[Case]) -> list[Entry]:
    """What the register says of these cases, in their order. Four queries, however many there are."""
    made = {case.reference: Entry(case) for case in found}
    by_key = {case.pk: made[case.reference] for case in found}
    for defect in defects().filter(case__in=by_key).order_by("round", "id"):
        by_key[defect.case_id].returns.append(defect)
    events = list(_events(found))
    names = _names({event.actor for event in events if event.actor})
    reasons = _reasons([event for event in events if event.action in (TAKEN, *OVERRIDES)], found)
    for event in events:
        entry, hand = made[event.subject_key], Hand(event.hat, event.agency, names.get(event.actor, ""))
        if hand not in entry.hands:
            entry.hands.append(hand)
        if event.action in OVERRIDES or reasons.get(event.pk):
            entry.overrides.append(Override(event.action, event.at, reasons.get(event.pk, ""), hand))
    return list(made.values())


def with_standards(found: Sequence[Entry]) -> Sequence[Entry]:
    """The same entries, each knowing the standard under which it was decided: the words of a refusal stand there. One query."""
    versions = ServiceVersion.objects.in_bulk({entry.case.service_version_id for entry in found})
    for entry in found:
        service = entry.case.service_version.service
        entry.case.service_version = versions[entry.case.service_version_id]
        entry.case.service_version.service = service
    return found


def every_entry(filters: Filters, *, portion: int = 500) -> Iterator[Entry]:
    """All entries, oldest first, read as they are asked for: a million need no more room than one portion."""
    some: list[Case] = []
    for case in matching(filters).order_by("submitted_at", "id").iterator(chunk_size=portion):
        some.append(case)
        if len(some) == portion:
            yield from entries(some)
            some = []
    yield from entries(some)


def helpers(filters: Filters) -> QuerySet[Any]:
    """Helpers by how many cases they filed: rows of values for `helper_row`."""
    return _by_helper(matching(filters).filter(helper__isnull=False)).order_by("-number", "helper")


def helper_row(values: dict[str, Any]) -> HelperRow:
    """A row of `helpers`."""
    return HelperRow(
        pseudonym=values["helper__pseudonym"],
        name=values["helper_name"] or "",
        number=values["number"],
        decided=values["decided"],
        granted=values["granted"],
    )


def base_rate(filters: Filters) -> float | None:
    """The share granted among all decided cases of these filters, helped or not: what a helper's share is held against."""
    found = matching(filters).select_related(None).aggregate(**_decisions())
    return found["granted"] / found["decided"] if found["decided"] else None


def _by_helper(found: QuerySet[Any]) -> QuerySet[Any]:
    grouped = found.select_related(None).order_by().values("helper", "helper__pseudonym", "helper_name")
    counted: QuerySet[Any] = grouped.annotate(number=Count("pk"), **_decisions())
    return counted


def _decisions() -> dict[str, Count]:
    granted = Q(outcome=Outcome.GRANTED)
    return {
        "granted": Count("pk", filter=granted),
        "decided": Count("pk", filter=granted | Q(outcome=Outcome.REFUSED)),
    }


def _outcome(wanted: str) -> Q:
    if wanted == STILL_OPEN:
        return Q(outcome="")
    return Q(outcome=wanted) if wanted else Q()


def _helper(wanted: str) -> Q:
    if wanted in {WITH_HELPER, WITHOUT_HELPER}:
        return Q(helper__isnull=wanted == WITHOUT_HELPER)
    return Q(helper__pseudonym=wanted) if wanted else Q()


def _events(found: Sequence[Case]) -> QuerySet[Event]:
    """What officers did with these cases; looking alone leaves no hand."""
    if not found:
        return Event.objects.none()
    events = Event.objects.filter(
        subject_kind="case",
        subject_key__in=[case.reference for case in found],
        hat__in=Hat.values,
        at__gte=min(case.created_at for case in found),
    )
    return events.exclude(action=OPENED).order_by("at", "xact", "case_version")


def _names(pseudonyms: set[UUID]) -> dict[UUID | None, str]:
    own = Person.objects.filter(user__pseudonym__in=pseudonyms, is_own=True)
    return dict(own.values_list("user__pseudonym", "name"))


def _reasons(events: Sequence[Event], found: Sequence[Case]) -> dict[UUID, str]:
    """The reasons that overrides name, and those for which a case was taken before others. Erased ones are gone."""
    overtaking = {case.reference for case in found if case.overtook}
    wanted = [event for event in events if event.action in OVERRIDES or event.subject_key in overtaking]
    if not wanted:
        return {}
    payloads = Payload.objects.filter(
        event__in=[event.pk for event in wanted],
        at__gte=min(event.at for event in wanted),
        at__lte=max(event.at for event in wanted),
    )
    details = {payload.event_id: json.loads(payload.payload)["details"] for payload in payloads}
    return {key: str(said.get("reason_code") or said.get("reason") or "") for key, said in details.items()}

"""The sweep over the running clocks: each rung that one has reached is noted, recorded and promised, once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.casework import ladder, transitions
from services.casework.clocks import Promise
from services.casework.ladder import Days, Reached
from services.casework.models import Case, EscalationHop, EscalationRung, Told
from services.casework.transitions import LockedCase
from services.catalogue.models import ServiceVersion
from services.foundation import locks
from services.foundation.once import asked_once
from services.outbox import operations as outbox

#: How many clocks are looked at in one transaction. What one has done stays done, whatever becomes of the next.
CHUNK: Final = 500
ESCALATED: Final = "casework.clock.escalated"
LOCK: Final = "casework.escalate"

Passed = Mapping[int, list[tuple[str, datetime, int]]]


def escalate_clocks(*, at: datetime, chunk: int = CHUNK) -> int:
    """Note every rung that a running clock has reached by `at`; returns how many. Any number may run at once.

    Each chunk is a transaction of its own under one lock: where another sweep holds it, this one stops.
    """
    noted, last = 0, 0
    days, versions = Days(), dict[int, ServiceVersion]()
    while True:
        with transaction.atomic(), asked_once():
            if not locks.try_transaction_lock(LOCK):
                return noted
            cases = _chunk(last, versions, size=chunk)
            due = _with_due_rungs(cases, days, at=at)
            noted += _note(_locked(due), days, at=at)
        if len(cases) < chunk:
            return noted
        last = cases[-1].pk


@transaction.atomic
def set_ladders(*, ladders: Mapping[str, ladder.Rungs], at: datetime) -> list[str]:
    """Bring the ladders to these, by the slug of the service ("" for all others). One line for each that changed."""
    known = defaultdict[str, list[tuple[int, str]]](list)
    for row in EscalationRung.objects.order_by("percent"):
        known[row.service].append((row.percent, row.tells))
    changed = [
        slug for slug in sorted({*known, *ladders}) if known.get(slug, []) != list(ladders.get(slug, ()))
    ]
    EscalationRung.objects.filter(service__in=changed).delete()
    EscalationRung.objects.bulk_create(
        EscalationRung(service=slug, percent=percent, tells=tells)
        for slug in changed
        for percent, tells in ladders.get(slug, ())
    )
    lines = [f"escalation {slug or 'of every service'}: changed" for slug in changed]
    if lines:
        audit.record(
            "casework.ladder.changed", actor=SYSTEM, subject=Subject("government", "1"), at=at,
            details={"changed": lines},
        )  # fmt: skip
        ladder.forget_rungs()
        transaction.on_commit(ladder.forget_rungs)
    return lines


def _chunk(after: int, versions: dict[int, ServiceVersion], *, size: int) -> list[Case]:
    """The next running clocks, with no more of their cases than the clocks need; each version is parsed once."""
    cases = list(
        ladder.running_cases()
        .filter(pk__gt=after)
        .only("kind", "status", "status_at", "submitted_at", "complete_at", "reopened_at", "decided_at", "closed_at", "due_at",
              "service_version_id")
        .prefetch_related("pauses")
        .order_by("pk")[:size]
    )  # fmt: skip
    missing = {case.service_version_id for case in cases} - versions.keys()
    if missing:
        found = ServiceVersion.objects.select_related("service").in_bulk(missing)
        versions.update(found)
    for case in cases:
        case.service_version = versions[case.service_version_id]
    return cases


def _with_due_rungs(cases: Iterable[Case], days: Days, *, at: datetime) -> list[int]:
    cases = list(cases)
    passed = passed_by(case.pk for case in cases)
    return [case.pk for case in cases if ladder.due_rungs(case, passed[case.pk], at=at, days=days)]


def _locked(ids: list[int]) -> list[Case]:
    """These cases, those locked that nobody else has in hand; the next sweep comes to the others."""
    if not ids:
        return []
    return list(
        ladder.running_cases()
        .filter(pk__in=ids)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("agency", "service_version__service")
        .prefetch_related("pauses")
        .order_by("pk")
    )


def _note(cases: Sequence[Case], days: Days, *, at: datetime) -> int:
    """Note what is due of locked cases, looked at again after the lock; in one transaction with events and messages."""
    passed, hops = passed_by(case.pk for case in cases), list[EscalationHop]()
    for case in cases:
        promise, due = ladder.due_rungs(case, passed[case.pk], at=at, days=days) or (None, [])
        if promise is not None:
            hops += [hop_of(case, promise, rung, at=at) for rung in due]
    with audit.in_bulk(), outbox.in_bulk():
        for hop in EscalationHop.objects.bulk_create(hops):
            tell(hop, due_at=hop.case.due_at, at=at)
    return len(hops)


def hop_of(case: Case, promise: Promise, rung: Reached, *, at: datetime) -> EscalationHop:
    """One hop. Of a confidential case only those who receive it are told, whatever the ladder says."""
    return EscalationHop(
        case=case,
        clock=promise.name,
        clock_started_at=promise.start,
        percent=rung.percent,
        tells=Told.OFFICER if case.is_confidential else rung.tells,
        reached_at=rung.at,
        passed_at=at,
    )


def tell(hop: EscalationHop, *, due_at: datetime | None, at: datetime) -> None:
    """Record a hop of a clock that runs out at `due_at`, and promise its message."""
    case, start = LockedCase(hop.case), hop.clock_started_at.isoformat()
    details = {"clock": hop.clock, "percent": hop.percent, "tells": hop.tells, "due_at": due_at}
    transitions.record(case, ESCALATED, actor=None, hat="", at=at, details=details)
    payload = {"reference": case.reference, "hop": hop.pk}
    key = f"{case.reference}:{hop.clock}:{start}:{hop.percent}"
    transitions.promise(case, ESCALATED, payload, key=key, at=at)


def passed_by(ids: Iterable[int]) -> Passed:
    """The rungs that the clocks of these cases have passed: clock, start and percent of each. One query."""
    found = defaultdict[int, list[tuple[str, datetime, int]]](list)
    rows = EscalationHop.objects.filter(case__in=list(ids))
    for case, name, start, percent in rows.values_list("case", "clock", "clock_started_at", "percent"):
        found[case].append((name, start, percent))
    return found

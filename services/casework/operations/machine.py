"""What the machine does with a file that was just sent: it looks, and where the version lets it, it grants."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from services.casework import checks, clocks, transitions
from services.casework.checks import Finding
from services.casework.models import Case, CheckResult, Outcome
from services.casework.operations import second_looks
from services.casework.transitions import LockedCase
from services.casework.workflow import GRANT_BY_MACHINE, Transition


def check_case(case: Case, *, at: datetime) -> Case:
    """Carry out the checks of the version, once for each sending; grant where the machine decides and all have passed.

    Another house is asked before the case is locked; everything of ours is read under the lock, together with the
    decision, so that nothing can change in between. Where a person was asked for, it looks and decides nothing. A case that was withdrawn or handled meanwhile is left alone. The machine
    never refuses: whatever has not passed leaves the case in intake's queue, with the results for a person to look at.
    """
    names = case.service_version.parsed.checks
    outside = {name: checks.carry_out(name, case, at=at) for name in names if _asks_outside(name)}
    with transaction.atomic():
        locked = transitions.lock(case)
        grant = locked.workflow.by_name.get(GRANT_BY_MACHINE)
        if not names or grant is None or not _waits_for_checks(locked, grant):
            return locked
        found = {name: outside.get(name) or checks.carry_out(name, locked, at=at) for name in names}
        _keep(locked, found, at=at)
        results = {name: finding.result.value for name, finding in found.items()}
        if _may_decide(locked) and checks.all_passed(found.values()):
            return _grant(locked, grant, results, at=at)
        transitions.record(
            locked, "casework.case.checked", actor=None, hat="", at=at, details={"checks": results}
        )
    return locked


def _grant(locked: LockedCase, grant: Transition, results: dict[str, str], *, at: datetime) -> Case:
    """Grant, and draw whether a person looks at it again; the event holds the draw, whichever way it fell."""
    drawn = second_looks.draw(locked.service_version.parsed)
    told = {"outcome": Outcome.GRANTED.value, "checks": results, "second_look": drawn}
    granted = transitions.move(
        locked, grant, actor=None, at=at, changes=_decision(locked, at=at), details=told
    )
    second_looks.keep_drawn(granted, drawn, at=at)
    return granted


def _may_decide(locked: LockedCase) -> bool:
    """Whether the version lets the machine decide, and nobody asked for a person instead."""
    return locked.service_version.parsed.decided_by == "machine" and locked.person_asked_at is None


def _asks_outside(name: str) -> bool:
    check = checks.named(name)
    return check is not None and check.asks_outside


def _waits_for_checks(locked: LockedCase, grant: Transition) -> bool:
    """Whether the case stands where it was sent to, and nobody has looked at this sending before."""
    return locked.status in grant.sources and not locked.check_results.filter(round=locked.rounds).exists()


def _keep(locked: LockedCase, found: Mapping[str, Finding], *, at: datetime) -> None:
    CheckResult.objects.bulk_create(
        CheckResult(
            case=locked,
            round=locked.rounds,
            check_name=name,
            result=finding.result,
            details={"words": dict(finding.words)},
            checked_at=at,
        )
        for name, finding in found.items()
    )


def _decision(locked: LockedCase, *, at: datetime) -> dict[str, Any]:
    """The file is complete and decided in one moment; nobody's name stands under it."""
    return {
        "complete_at": at,
        "due_at": clocks.due_after(at, locked.service_version.parsed.time),
        "outcome": Outcome.GRANTED,
        "decided_by": None,
        "assignee": None,
    }

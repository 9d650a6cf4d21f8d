"""What may be told of the record outside the office: the public stations of a case, and the steps that stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.casework import queries, undoing, workflow
from services.casework.models import Case
from services.casework.workflow import UNDONE, Status


@dataclass(frozen=True, slots=True)
class Station:
    """One public station of a case: what, when, at which office (by its code). No person."""

    status: Status
    at: datetime
    agency: str


def stations_in(case: Case, steps: Iterable[queries.Step]) -> list[Station]:
    """The public stations among the steps of a case."""
    flow = workflow.of_kind(case.kind)
    codes = [(step, step.details.get("status")) for step in steps]
    return [
        Station(status=flow.status(code), at=step.at, agency=step.details.get("agency", step.agency))
        for step, code in codes
        if code in flow.by_code and code != "DRAFT"
    ]


def told_timeline(case: Case) -> list[queries.Step]:
    """The timeline as it is told outside the office: no step that may still be taken back, and of one that was, only that it was."""
    steps = queries.timeline(case)
    back = [step for step in steps if step.action.endswith(f".{UNDONE}")]
    untold = {step.details.get("taken_at") for step in back}
    since = undoing.untold_at(case)
    told_steps = [
        step for step in steps if step.at.isoformat() not in untold and (since is None or step.at != since)
    ]
    return [replace(step, details={}) if step in back else step for step in told_steps]

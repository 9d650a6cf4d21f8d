"""The road of a case, lived through again: from its transitions in the record to its stays.

The rules are the kernel's own (`workflow`, `clocks`); what is asked of them is asked about the case as it stood then.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from oversight.models import Stay
from oversight.queries.record import Move
from services.casework import clocks
from services.casework.models import Case, Outcome
from services.casework.workflow import APPLICANT, SYSTEM, TO_SIGN, UNDONE, Transition, Workflow
from services.foundation.clock import local_date
from services.government import calendar

#: Ends that the citizen's side chose or let come: they say nothing about how long the office takes.
RETREATS = frozenset({Outcome.WITHDRAWN, Outcome.LAPSED})


def stays_of(case: Case, moves: Iterable[Move], agencies: Mapping[str, int]) -> list[Stay]:
    """The stays of a case in their order, unsaved. `case` comes with its version and its pauses; `agencies` are known by code."""
    road = Road(case, agencies)
    for move in standing(moves):
        road.take(move)
    return road.finished()


def standing(moves: Iterable[Move]) -> list[Move]:
    """The moves that stand: what was taken back within its time goes, and the taking back with it."""
    stood: list[Move] = []
    for move in moves:
        if move.action.endswith(f".{UNDONE}"):
            stood.pop()
        else:
            stood.append(move)
    return stood


@dataclass
class Road:
    """A case on its way: how it stood after the last move, its stays so far, and what the running passage has used up."""

    case: Case
    agencies: Mapping[str, int]
    stood: dict[str, Any] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    office_days: int = 0
    at_office: Stay | None = None

    @property
    def here(self) -> Stay | None:
        """The stay that lasts; None before sending and once nobody must act."""
        return self.stays[-1] if self.stays and self.stays[-1].ended_at is None else None

    def take(self, move: Move) -> None:
        """Go along one transition."""
        transition = _transition(self.case.workflow, self.stood.get("status", ""), move.action)
        if transition is None:
            return
        before = self.here
        if before is not None and before.due_at and self._stood_still_during(before, until=move.at):
            before.due_at = self._due_at(move.at)
        self._note(transition, at=move.at)
        if before is not None:
            self._end(before, move)
        if self._is_waiting():
            self._begin(at=move.at, is_arrival=before is None)
        elif before is not None:
            self._leave(before)

    def finished(self) -> list[Stay]:
        """All stays; the date of one that lasts is the one that is kept and shown, and none while the clock stands still."""
        last = self.here
        if last is not None:
            runs = last.due_at and not clocks.stands_still(self.case)
            last.due_at = self.case.due_at if runs else None
        self._fill_in_agencies()
        return self.stays

    def _fill_in_agencies(self) -> None:
        """A stay that ended without naming its agency was where the one before it was; after the last named one, where the case is."""
        named = [number for number, stay in enumerate(self.stays) if stay.agency_id]
        last_named = named[-1] if named else -1
        for number, stay in enumerate(self.stays):
            if not stay.agency_id:
                is_past = 0 < number < last_named
                stay.agency_id = self.stays[number - 1].agency_id if is_past else self.case.agency_id

    def _note(self, transition: Transition, *, at: datetime) -> None:
        if not self.stood:
            self.stood = dict.fromkeys((*_milestones(self.case.workflow), "closed_at", "reopened_at"))
        self.stood |= {"status": transition.target, "status_at": at}
        if transition.milestone and self.stood[transition.milestone] is None:
            self.stood[transition.milestone] = at
        is_final = self.case.workflow.status(transition.target).final
        if transition.by_ruling and not is_final:
            self.stood |= {"decided_at": None, "reopened_at": at}
        self.stood["closed_at"] = at if is_final else None

    def _is_waiting(self) -> bool:
        return bool(
            self.stood["submitted_at"] and not self.stood["closed_at"] and not self.stood.get("decided_at")
        )

    def _begin(self, *, at: datetime, is_arrival: bool) -> None:
        if is_arrival:
            self.office_days, self.at_office = 0, None
        status = self.case.workflow.status(self.stood["status"])
        holder = status.queue_hat or (
            APPLICANT if status.with_citizen else self._signer(status.code) or SYSTEM
        )
        stay = Stay(
            case=self.case,
            case_version=self.case.row_version,
            service_id=self.case.service_version.service_id,
            number=len(self.stays) + 1,
            is_arrival=is_arrival,
            holder=holder,
            began_at=at,
            due_at=None if holder == APPLICANT else self._due_at(at),
        )
        self.stays.append(stay)

    def _signer(self, status: str) -> str:
        """The hat that signs, while the paper waits for it."""
        signature = self.case.service_version.parsed.signature if status == TO_SIGN else None
        return signature.hat if signature else ""

    def _due_at(self, at: datetime) -> datetime | None:
        """What the office had promised at that moment, asked of the case as it stood."""
        then = copy(self.case)
        vars(then).update(self.stood)
        return clocks.office_due_at(then, at=at) if clocks.running(then) else None

    def _stood_still_during(self, stay: Stay, *, until: datetime) -> bool:
        """Whether every branch waited for the applicant meanwhile: that stops the clock and leaves the file where it is."""
        return any(stay.began_at < pause.started_at < until for pause in self.case.pauses.all())

    def _end(self, stay: Stay, move: Move) -> None:
        at = stay.ended_at = move.at
        if move.agency in self.agencies:
            stay.agency_id = self.agencies[move.agency]
        if stay.holder != APPLICANT:
            self.office_days += calendar.working_days_between(local_date(stay.began_at), local_date(at))
            self.at_office = stay

    def _leave(self, stay: Stay) -> None:
        stay.left_as = self.stood["status"]
        if stay.left_as in RETREATS:
            return
        stay.office_days = self.office_days
        last = self.at_office
        if last is not None and last.ended_at is not None and last.due_at is not None:
            stay.in_time = last.ended_at <= last.due_at


def _transition(flow: Workflow, status: str, action: str) -> Transition | None:
    """The transition behind an event; where several share it, the one that leads on from this status."""
    sharing = [transition for transition in flow.transitions if transition.event == action]
    leading_on = (transition for transition in sharing if status in transition.sources)
    return next(leading_on, sharing[0] if sharing else None)


def _milestones(flow: Workflow) -> Iterator[str]:
    return (transition.milestone for transition in flow.transitions if transition.milestone)

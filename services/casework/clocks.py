"""The clocks of a case: what the standard promises, what has passed, and what stopped it.

Two clocks are shown: the citizen's (calendar days since it was sent) and the office's (working day n of m). Intake has
a clock of its own from `submitted_at`; the decision's clock starts at `complete_at` (UU 30/2014 art. 53: after a
complete file).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from django.db.models import Exists, OuterRef

from services.casework import outages
from services.casework.models import Case, ClockPause, OutageMove, SecondLook
from services.casework.workflow import OBJECTED
from services.catalogue import deadlines
from services.catalogue import queries as catalogue
from services.catalogue.definition import Duration, ServiceDefinition
from services.foundation.clock import local_date
from services.foundation.conditions import ExistsForEach
from services.government import calendar

#: How long the applicant has to mend a returned file, and to answer the office.
TIME_TO_MEND: Final = deadlines.need("mend-returned-file")
TIME_TO_ANSWER: Final = deadlines.need("answer-request")
#: How long one may object to a decision (UU 30/2014 article 77).
TIME_TO_OBJECT: Final = deadlines.need("objection")
#: How long the superior has for the answer, and the applicant to appeal against it (articles 77 and 78).
TIME_TO_ANSWER_OBJECTION: Final = deadlines.need("objection-decision")
TIME_TO_APPEAL: Final = deadlines.need("appeal")
#: How long the office has to look at a decision of the machine that was drawn. Whoever asked for a look is answered as an objection is.
TIME_TO_LOOK_AGAIN: Final = deadlines.need("second-look")


@dataclass(frozen=True, slots=True)
class Promise:
    """What the office has promised for the part of a case that runs now: since when, and how much time it has."""

    name: str
    start: datetime
    duration: Duration


_promises: dict[str, Callable[[Case], Promise | None]] = {}


def register(kind: str, promise: Callable[[Case], Promise | None]) -> None:
    """Make known what the office promises for a kind of case that is no application; done in its service's `apps.py`."""
    _promises[kind] = promise


def running(case: Case) -> Promise | None:
    """The promise that runs now; None for a case that was never sent, or to which nothing is promised any longer.

    One query while it is objected to.
    """
    if case.kind in _promises:
        return _promises[case.kind](case)
    if case.status in OBJECTED:
        return Promise("objection", case.status_at, _time_of(TIME_TO_ANSWER_OBJECTION, case.status_at))
    definition = case.service_version.parsed
    if case.complete_at is not None:
        return Promise("decision", case.reopened_at or case.complete_at, by_people(definition))
    return Promise("intake", case.submitted_at, definition.intake_time) if case.submitted_at else None


def runs(case: Case) -> bool:
    """Whether a clock of the office runs: before the decision, and while it is objected to. No query."""
    is_open = case.decided_at is None or case.status in OBJECTED
    return is_open and case.closed_at is None and case.due_at is not None


def by_people(definition: ServiceDefinition) -> Duration:
    """How long people have for the decision; the machine, where it decides, needs no more than `definition.time`."""
    return definition.time_by_people or definition.time


@dataclass(frozen=True, slots=True)
class OfficeClock:
    """How much of what was promised has `passed`, in the unit of `of`; `paused` while the office waits for the applicant."""

    name: str
    passed: int
    of: Duration
    due_at: datetime
    paused: bool
    late: bool


def stand_still(case: Case, *, cause: str, at: datetime) -> None:
    """Let the office's clock stand still from now; `cause` is the status in which the office waits."""
    ClockPause.objects.create(case=case, cause=cause, started_at=at)


def go_on(case: Case, *, at: datetime) -> datetime:
    """Let the office's clock go on; returns when it now runs out, later by as long as it stood still."""
    ClockPause.objects.filter(case=case, ended_at=None).update(ended_at=at)
    return office_due_at(case, at=at)


def given_until(code: str, start: datetime) -> datetime:
    """When a time of the law runs out that starts now: the one in force on that day. One query.

    Raises Deadline.DoesNotExist for a code that no pack gives; the codes used here are demanded of every pack.
    """
    deadline = catalogue.deadline(code, on=local_date(start))
    return calendar.due_at(start, amount=deadline.amount, unit=cast(calendar.Unit, deadline.unit))


def objection_until(case: Case, since: datetime) -> datetime:
    """The last moment to object to what was decided then, or to ask for a person; later by every outage meanwhile. Two queries."""
    until = given_until(TIME_TO_OBJECT, since)
    return outages.latest(case, until, what=OutageMove.What.OBJECTION, since=since)


def is_over(case: Case, until: datetime, *, at: datetime) -> bool:
    """Whether a time of the citizen's side has run out; not while an outage that touches it is unsettled. A query at most."""
    return at > until and not outages.holds(case, until)


def _time_of(code: str, start: datetime) -> Duration:
    deadline = catalogue.deadline(code, on=local_date(start))
    return Duration(amount=deadline.amount, unit=cast(calendar.Unit, deadline.unit))


def due_after(start: datetime, duration: Duration) -> datetime:
    """When a promise that starts now runs out; for days, the end of that day."""
    return calendar.due_at(start, amount=duration.amount, unit=duration.unit)


class LookClocks:
    """The clocks of decisions that a person looks at again. The times are read once, for however many. One query."""

    TIMES: Final = {
        SecondLook.Origin.ASKED.value: TIME_TO_ANSWER_OBJECTION,
        SecondLook.Origin.DRAWN.value: TIME_TO_LOOK_AGAIN,
    }

    def __init__(self) -> None:
        self._times = catalogue.deadlines_of(self.TIMES.values())

    def of(self, look: SecondLook) -> Promise:
        """What is promised of a look. Raises StopIteration for a day before any pack gave the time."""
        code, day = self.TIMES[look.origin], local_date(look.drawn_at)
        time = next(row for row in self._times if row.code == code and row.valid_from <= day)
        duration = Duration(amount=time.amount, unit=cast(calendar.Unit, time.unit))
        return Promise(SecondLook.CLOCKS[look.origin], look.drawn_at, duration)

    def due_at(self, look: SecondLook) -> datetime:
        """By when somebody has looked."""
        promise = self.of(look)
        return due_after(promise.start, promise.duration)


def paused_working_days(case: Case, *, since: datetime, until: datetime) -> int:
    """Whole working days within [since, until] during which the office's clock stood still."""
    spans = _pauses(case, since=since, until=until)
    return sum(calendar.working_days_between(local_date(start), local_date(end)) for start, end in spans)


def paused_time(case: Case, *, since: datetime, until: datetime) -> timedelta:
    """How long the office's clock stood still within [since, until]."""
    return sum((end - start for start, end in _pauses(case, since=since, until=until)), timedelta())


def office_due_at(case: Case, *, at: datetime) -> datetime:
    """When the running office clock runs out, given every pause up to now."""
    promise = running(case)
    if promise is None:
        raise ValueError("nothing is promised to this case now")
    start, duration = promise.start, promise.duration
    if duration.unit != "WORKING_DAY":
        return due_after(start + paused_time(case, since=start, until=at), duration)
    pause = paused_working_days(case, since=start, until=at)
    return due_after(start, Duration(amount=duration.amount + pause, unit=duration.unit))


def office_clock(case: Case, *, at: datetime) -> OfficeClock | None:
    """The office's clock as people see it; None before sending and after the decision."""
    promise = running(case) if case.due_at and not case.decided_at and not case.closed_at else None
    if promise is None or case.due_at is None:
        return None
    return OfficeClock(
        name=promise.name,
        passed=max(_passed(case, promise, at=at), 0),
        of=promise.duration,
        due_at=case.due_at,
        paused=stands_still(case),
        late=at > case.due_at and not stands_still(case),
    )


def time_used(case: Case) -> int | None:
    """How much of its time the (last) decision took, without what the clock stood still; None before it."""
    if case.complete_at is None or case.decided_at is None:
        return None
    start = case.reopened_at or case.complete_at
    promise = Promise("decision", start, by_people(case.service_version.parsed))
    return max(_passed(case, promise, at=case.decided_at), 0)


def days_since_sent(case: Case, *, at: datetime) -> int:
    """Calendar days since the citizen sent it, to the end of the case."""
    if case.submitted_at is None:
        return 0
    return (local_date(case.closed_at or at) - local_date(case.submitted_at)).days


def _passed(case: Case, promise: Promise, *, at: datetime) -> int:
    """How many whole units of the promise have passed, without those in which the clock stood still."""
    if promise.duration.unit == "WORKING_DAY":
        days = calendar.working_days_between(local_date(promise.start), local_date(at))
        return days - paused_working_days(case, since=promise.start, until=at)
    unit = calendar.SPANS.get(promise.duration.unit, timedelta(days=1))
    return (at - promise.start - paused_time(case, since=promise.start, until=at)) // unit


def _pauses(case: Case, *, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The spans within [since, until] during which the office's clock stood still."""
    for pause in case.pauses.all():
        start, end = max(pause.started_at, since), min(pause.ended_at or until, until)
        if start < end:
            yield start, end


def stands_still(case: Case) -> bool:
    """Whether a pause is open: a clock that stands still is never late. No query where lists read it along, or pauses are prefetched."""
    known: bool | None = vars(case).get("stands_still")
    return any(pause.ended_at is None for pause in case.pauses.all()) if known is None else known


def standing_still() -> Exists:
    """The condition under which the office's clock stands still, whatever the status: every branch may wait for the applicant."""
    return ExistsForEach(ClockPause.objects.filter(case=OuterRef("pk"), ended_at=None))

"""A workflow as data: the statuses of a kind of case, and the named transitions that are the only roads between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext_lazy

#: Who may take a transition besides the hats of civil servants (`accounts.Hat`).
APPLICANT: Final = "APPLICANT"
HELPER: Final = "HELPER"
SYSTEM: Final = "SYSTEM"
CITIZEN_SIDE: Final = frozenset({APPLICANT, HELPER})
#: What most people on the citizen's side are called.
WHO_APPLIES: Final = pgettext_lazy("role", "Applicant")

#: The road along which the machine grants what has just been sent, in every workflow that has it.
GRANT_BY_MACHINE: Final = "grant_by_machine"

#: The road along which the system accepts what intake has not looked at in time, in every workflow that has it.
ACCEPT_BY_SILENCE: Final = "accept_by_silence"

#: The road along which the system grants what nobody decided in time, in every workflow that has it.
GRANT_BY_LAW: Final = "grant_by_law"

#: The roads of a decision whose paper somebody signs by hand: to them, and on with their signature or without it.
GRANT_FOR_SIGNATURE: Final = "grant_for_signature"
SIGN: Final = "sign"
DECLINE_TO_SIGN: Final = "decline_to_sign"

#: Where a case stands while its paper waits for a personal signature, in every workflow that has it.
TO_SIGN: Final = "TO_SIGN"

#: Where a case stands while a superior looks at its decision again, in every workflow that has it.
OBJECTION: Final = "OBJECTION"
#: Where a granted case stands while a superior looks again at what became of its certificate, or at a condition on it.
CONTESTED: Final = "CONTESTED"
#: Both: whoever had a hand in it does not answer, and a clock of the office runs.
OBJECTED: Final = frozenset({OBJECTION, CONTESTED})

#: Where a decided case stands after a court ruled on its decision: the paper stayed, the grant annulled, the refusal annulled.
STAYED: Final = "STAYED"
ANNULLED: Final = "ANNULLED"
REOPENED: Final = "REOPENED"

#: Source of the first transition of every case.
BIRTH: Final = ""

#: A transition after which nobody is told, said explicitly so that a forgotten notice is found by a test.
SILENT: Final = "-"


#: The event of every road back, after the name of the app.
UNDONE: Final = "step.undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One road between statuses.

    `milestone` names the datetime field of the case that is set once, the first time the road is taken. `event` is
    the action in the record and the topic in the outbox. `notice` names the template folder of what the applicant is
    told, or is SILENT. `needs_assignment` asks for the file on the actor's desk. A final status closes the case by itself;
    a road that `reopens` takes it up again, and is offered by pages of its own. A road that `reviews_decision` is closed
    to whoever had a hand in the decision. A road that `decides` is closed to whoever recommended or reviewed; one that
    `signs` is open only to the hat that signs this case, and closed to whoever worked on it. A road that `can_be_undone` has
    one back for the same hats, which the workflow lays by itself: `undoes` names the road that it takes back. A road
    `by_ruling` is taken only with a court's ruling.
    """

    name: str
    label: str | Promise
    sources: tuple[str, ...]
    target: str
    hats: frozenset[str]
    event: str
    notice: str
    milestone: str = ""
    needs_reason: bool = False
    needs_assignment: bool = False
    reopens: bool = False
    reviews_decision: bool = False
    decides: bool = False
    signs: bool = False
    can_be_undone: bool = False
    undoes: str = ""
    by_ruling: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A place where a case can stand. `station` is its word for the public; `queue_hat` is who must act on it.

    `next` says in a sentence or two what happens from here; `with_citizen` that nothing does before the citizen acts;
    `rests` that the office has named a day and need not touch the file before it.
    """

    code: str
    label: str | Promise
    station: str | Promise
    next: str | Promise
    queue_hat: str = ""
    with_citizen: bool = False
    rests: bool = False
    final: bool = False
    colour: str = "grey"


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """The life of one kind of case. `letter` begins its references; `source` is where it is written, if not in its app's `workflow.py`.

    `main_road` lists the statuses that an untroubled case passes, up to where it is settled; `destination` is the word
    for that. `applicant` is what whoever brings such a case is called.
    """

    kind: str
    letter: str
    app: str
    statuses: tuple[Status, ...]
    transitions: tuple[Transition, ...]
    main_road: tuple[str, ...]
    destination: str | Promise
    source: str = ""
    applicant: str | Promise = WHO_APPLIES
    by_code: dict[str, Status] = field(init=False)
    by_name: dict[str, Transition] = field(init=False)

    def __post_init__(self) -> None:
        """Lay the roads back, and index statuses and transitions by their names."""
        back = tuple(road for row in self.transitions if row.can_be_undone for road in _roads_back(self, row))
        object.__setattr__(self, "transitions", (*self.transitions, *back))
        object.__setattr__(self, "by_code", {status.code: status for status in self.statuses})
        object.__setattr__(self, "by_name", {transition.name: transition for transition in self.transitions})

    def status(self, code: str) -> Status:
        """The status with this code. Raises KeyError."""
        return self.by_code[code]

    def transition(self, name: str) -> Transition:
        """The transition with this name. Raises KeyError."""
        return self.by_name[name]

    def leaving(self, code: str) -> tuple[Transition, ...]:
        """The transitions that lead on from a status, in the order of the table: none that undoes, reopens or needs a ruling."""
        return tuple(
            row
            for row in self.transitions
            if code in row.sources and not (row.reopens or row.undoes or row.by_ruling)
        )

    def undoing(self, name: str, source: str) -> Transition:
        """The road back along the transition of this name to the status that it was taken from. Raises StopIteration."""
        return next(row for row in self.transitions if row.undoes == name and row.target == source)

    def acts_in(self, hat: str, code: str) -> bool:
        """Whether this hat has a say in such cases; of what reviews or signs a decision, only while a case stands there."""
        rows = (row for row in self.transitions if hat in row.hats and not (row.by_ruling or row.undoes))
        return any(not (row.reviews_decision or row.signs) or code in row.sources for row in rows)

    def reopening(self, code: str) -> Transition | None:
        """The transition that takes up again a case that has ended in this status; None where there is none."""
        return next((row for row in self.transitions if code in row.sources and row.reopens), None)

    def ruled(self, name: str, code: str) -> Transition | None:
        """The road of this name that a ruling opens from a status; None where there is none."""
        row = self.by_name.get(name)
        return row if row is not None and row.by_ruling and code in row.sources else None

    def queue_statuses(self, hat: str) -> tuple[str, ...]:
        """Codes of the statuses in which a case waits for this hat."""
        return tuple(status.code for status in self.statuses if status.queue_hat == hat)

    def ahead_of(self, code: str) -> tuple[Status, ...]:
        """The statuses of the main road that still lie ahead of one on it, or of one from which it is joined again."""
        if code in self.main_road:
            ahead = self.main_road[self.main_road.index(code) + 1 :]
        else:
            joined = [row.target for row in self.leaving(code) if row.target in self.main_road]
            ahead = self.main_road[min(map(self.main_road.index, joined)) :] if joined else ()
        return tuple(self.by_code[each] for each in ahead)

    def with_citizen(self) -> tuple[str, ...]:
        """Codes of the statuses in which a case waits for the citizen."""
        return tuple(status.code for status in self.statuses if status.with_citizen)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Every (kind, source, target): what PostgreSQL holds in `casework_transition`."""
        for transition in self.transitions:
            for source in transition.sources:
                yield self.kind, source, transition.target


def _roads_back(flow: Workflow, row: Transition) -> Iterator[Transition]:
    """For each status that a road leads from, the road back to it: for the same hats, told to nobody, an event of its own."""
    for number, source in enumerate(row.sources):
        yield replace(
            row,
            name=f"undo_{row.name}_{number}" if number else f"undo_{row.name}",
            label=_undo_words(row.label),
            sources=(row.target,),
            target=source,
            event=f"{flow.app}.{UNDONE}",
            notice=SILENT,
            milestone="",
            needs_reason=False,
            needs_assignment=False,
            can_be_undone=False,
            undoes=row.name,
        )


def _undone(label: str | Promise) -> str:
    return gettext("Undo: %(action)s") % {"action": label}


_undo_words = lazy(_undone, str)

_workflows: dict[str, Workflow] = {}


def register(workflow: Workflow) -> None:
    """Make a workflow known; each public service does so in its `apps.py`."""
    _workflows[workflow.kind] = workflow


def of_kind(kind: str) -> Workflow:
    """The workflow of a kind of case. Raises KeyError where no installed service has registered it."""
    return _workflows[kind]


def every() -> tuple[Workflow, ...]:
    """All registered workflows."""
    return tuple(_workflows.values())


def queued_hats() -> frozenset[str]:
    """Every hat that some queue waits for."""
    return frozenset(status.queue_hat for flow in every() for status in flow.statuses if status.queue_hat)

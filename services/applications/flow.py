"""What a public service gives to the shared pages: its kind, its address space, and its operations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from django.urls import reverse

from services.accounts.models import Person, User
from services.casework import handlers
from services.casework.models import Case
from services.catalogue.models import ServiceVersion


class Start(Protocol):
    """Opens a draft, for oneself or (with a relation) for somebody else."""

    def __call__(
        self,
        *,
        version: ServiceVersion,
        actor: User,
        applicant: Person | None,
        helper_relation: str = "",
        at: datetime,
    ) -> Case:
        """Return the fresh case."""


class Submit(Protocol):
    """Sends a draft once, however often it is called with the same key."""

    def __call__(
        self,
        case: Case,
        *,
        actor: User,
        submission_key: str,
        by_person: bool = False,
        at: datetime,
        expected_version: int | None = None,
    ) -> Case:
        """Return the fresh case."""


class Resubmit(Protocol):
    """Sends a mended application again."""

    def __call__(
        self,
        case: Case,
        *,
        actor: User,
        by_person: bool = False,
        at: datetime,
        expected_version: int | None = None,
    ) -> Case:
        """Return the fresh case."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps an application from being sent: what to do, and where."""

    message: str
    href: str


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that only one public service has, done before the questions: for which business it is.

    `text` is what was chosen; while it is "", `missing` says what to do. Without `href` it cannot be started yet.
    """

    title: str
    href: str
    text: str
    missing: str


#: What a public service adds to the counter beside what is applied for.
_counter_parts: Final[list[handlers.Part]] = []
_flows: Final[dict[str, "Flow"]] = {}


def register(flow: "Flow") -> None:
    """Make a public service known to the counter, and where its applicants answer the office; done in its `apps.py`."""
    _flows[flow.kind] = flow
    handlers.register_answer_link(
        flow.kind, lambda asked: flow.case_url("asked", asked.case, number=asked.pk)
    )


def register_at_counter(part: handlers.Part) -> None:
    """Make known what else is done at the counter; done in `apps.py`."""
    _counter_parts.append(part)


def counter_parts() -> Sequence[handlers.Part]:
    """What is done at the counter beside applying."""
    return tuple(_counter_parts)


def of_kind(kind: str) -> "Flow | None":
    """The flow of this kind of case; None where nothing is applied for."""
    return _flows.get(kind)


def nothing(case: Case) -> Sequence[Any]:
    """For a service that has no such thing."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One public service as the pages see it. `namespace` is that of its URLs.

    `own_steps` are those of this service alone; `obstacles` say what keeps a complete draft from being sent.
    """

    kind: str
    namespace: str
    start: Start
    submit: Submit
    resubmit: Resubmit
    own_steps: Callable[[Case], Sequence[OwnStep]] = nothing
    obstacles: Callable[[Case], Sequence[Missing]] = nothing

    def url(self, name: str, **arguments: object) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.namespace}:{name}", kwargs=arguments)

    def case_url(self, name: str, case: Case, **arguments: object) -> str:
        """The address of one page of one case."""
        where: Mapping[str, object] = {"slug": case.service_version.service.slug, "reference": case.reference}
        return self.url(name, **where, **arguments)

    def first_page(self, case: Case) -> str:
        """Where a draft that was just opened goes on: the service's own steps, then the list of all."""
        waiting = [step.href for step in self.own_steps(case) if not step.text and step.href]
        return waiting[0] if waiting else self.case_url("tasks", case)

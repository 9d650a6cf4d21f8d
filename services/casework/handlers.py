"""What a public service lends to the shared pages: its operations, its forms for the desk, its own part of a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise

from services.accounts.models import User
from services.casework.models import ApplicantRequest, Case
from services.documents.models import Certificate

Handler = Callable[..., Case]

#: The address at which the citizen fills in or mends a case: the journey belongs to the service's own pages.
FilingLink = Callable[[Case], str]

#: The address at which the citizen answers one request of the office.
AnswerLink = Callable[[ApplicantRequest], str]


class Page(StrEnum):
    """The shared pages on which a service may have a part of its own."""

    CITIZEN = "citizen"
    DESK = "desk"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Part:
    """A service's own part of a shared page: the template is given `own`, and nothing that it does not bring itself.

    `css` is a style sheet that it needs.
    """

    template: str
    own: Mapping[str, Any]
    css: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How a kind of case is worked on at the desk; every mapping goes by the name of the transition.

    `forms` are drawn with `case=`; `done` is said after it (it may name %(reference)s); `kinds` says how the button
    looks (go, turn, end); `hints` belong to actions that one button is enough for; an action in `offered` is shown
    only where its condition holds, beyond what the table of transitions says. Where `has_dialogue`, whoever works on it
    may write to the citizen's side at any time; `message_hint` says what becomes of such a message.
    """

    forms: Mapping[str, Callable[..., forms.Form]]
    done: Mapping[str, str | Promise]
    kinds: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str | Promise] = field(default_factory=dict)
    offered: Mapping[str, Callable[[Case], bool]] = field(default_factory=dict)
    has_dialogue: bool = False
    message_hint: str | Promise = ""

    def offers(self, case: Case, name: str) -> bool:
        """Whether this action is shown for this case."""
        return name in self.forms and (name not in self.offered or self.offered[name](case))


#: What the paper of a case would be if this user signed it at this moment (`at=`, `signer=`); nothing is kept.
DraftOf = Callable[..., Certificate]

PartOf = Callable[[Case], Part | None]
AsideOf = Callable[[Case, User], Part]

_handlers: dict[str, Mapping[str, Handler]] = {}
_filing_links: dict[str, FilingLink] = {}
_answer_links: dict[str, AnswerLink] = {}
_desks: dict[str, Desk] = {}
_parts: dict[tuple[str, Page], PartOf] = {}
_drafts: dict[str, DraftOf] = {}
_asides: dict[str, AsideOf] = {}


def register(kind: str, handlers: Mapping[str, Handler]) -> None:
    """Make a service's operations known by the names of its transitions; done in its `apps.py`, as all of these."""
    _handlers[kind] = handlers


def handler(case: Case, transition_name: str) -> Handler:
    """The operation that takes this case along this transition. Raises KeyError."""
    return _handlers[case.kind][transition_name]


def register_filing_link(kind: str, link: FilingLink) -> None:
    """Make known where the citizen of this kind of case goes on with filling in."""
    _filing_links[kind] = link


def filing_link(case: Case) -> str:
    """Where the citizen's side goes on with this draft, or mends it; "" where the service has no such pages."""
    link = _filing_links.get(case.kind)
    return link(case) if link else ""


def register_answer_link(kind: str, link: AnswerLink) -> None:
    """Make known where the citizen of this kind of case answers a request of the office."""
    _answer_links[kind] = link


def answer_link(asked: ApplicantRequest) -> str:
    """Where the citizen's side answers this request; "" where the service has no such pages."""
    link = _answer_links.get(asked.case.kind)
    return link(asked) if link else ""


def register_desk(kind: str, desk: Desk) -> None:
    """Make known how this kind of case is worked on at the desk; without it, as an application is."""
    _desks[kind] = desk


def desk(case: Case) -> Desk | None:
    """How this case is worked on at the desk; None for the manner of applications."""
    return _desks.get(case.kind)


def register_part(kind: str, page: Page, part: PartOf) -> None:
    """Make known what this kind of case adds to a shared page."""
    _parts[kind, page] = part


def part(case: Case, page: Page) -> Part | None:
    """What the service of this case adds to a page; None for nothing."""
    found = _parts.get((case.kind, page))
    return found(case) if found else None


def register_draft(kind: str, draft: DraftOf) -> None:
    """Make known what the paper of this kind of case says before it is signed."""
    _drafts[kind] = draft


def draft(case: Case, *, signer: User, at: datetime) -> Certificate:
    """The paper of this case as `signer` would sign it at this moment. Raises KeyError where its service has none."""
    return _drafts[case.kind](case, signer=signer, at=at)


def register_aside(name: str, aside: AsideOf) -> None:
    """Make known what stands at the end of the page of every case at the desk, of whichever kind, for whoever reads it."""
    _asides[name] = aside


def asides(case: Case, reader: User) -> list[Part]:
    """What stands at the end of the page of this case for this reader."""
    return [aside(case, reader) for aside in _asides.values()]

"""The stages of each service of a pack as pictures: reviews side by side, inspection, recommendation, signature, requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import translation

from portal import governments
from services.accounts.models import Hat
from services.casework import asking, workflow
from services.casework.clocks import TIME_TO_ANSWER
from services.casework.models import ApplicantRequest
from services.casework.workflow import (
    ACCEPT_BY_SILENCE,
    DECLINE_TO_SIGN,
    GRANT_BY_LAW,
    GRANT_BY_MACHINE,
    GRANT_FOR_SIGNATURE,
    SIGN,
    Workflow,
)
from services.catalogue import pack as catalogue
from services.catalogue import wording
from services.catalogue.definition import Duration, ServiceDefinition
from services.government import pack as government

FOLDER: Final = settings.BASE_DIR / "docs" / "workflows"
WHOLE_FILE: Final = "the whole file waits"
AT_THE_PLACE: Final = "At the place, by appointment, with photos and signed minutes"
ONE_REVIEW: Final = "this review waits, the others go on"


@dataclass(frozen=True, slots=True)
class Stage:
    """One box of a picture and one row of its table. `asks` says what waits while it asks the applicant; "" where it never does."""

    key: str
    title: str
    hat: str
    office: str
    time: str
    signs: bool = False
    asks: str = ""
    looks_at: str = ""

    @property
    def node(self) -> str:
        """Its name inside the picture, where some words mean something else."""
        return f"at_{self.key}"

    @property
    def who(self) -> str:
        """Whose work it is."""
        return "The system" if self.hat == workflow.SYSTEM else f"{Hat(self.hat).label}, {self.office}"

    @property
    def box(self) -> str:
        """The box, in Mermaid's words."""
        title = self.title.replace('"', "#quot;")
        return f'{self.node}["{title}<br/>{self.who}: {self.time}"]'

    @property
    def decides(self) -> bool:
        """Whether it grants or refuses."""
        return self.hat == Hat.APPROVER and not self.signs


@dataclass(frozen=True, slots=True)
class Picture:
    """One version of a service with what its picture needs: its workflow, its stages, and how long an applicant has to answer."""

    service: ServiceDefinition
    flow: Workflow
    intake: Stage
    reviews: tuple[Stage, ...]
    steps: tuple[Stage, ...]
    answer_time: str

    def label(self, name: str) -> str:
        """What the road of this name is called."""
        return str(self.flow.transition(name).label)


def pages() -> dict[Path, str]:
    """The text of each page, by its path: one for each pack."""
    with translation.override("en"):
        return {
            FOLDER / f"stages-{name}.md": "\n".join(_page(governments.PACKS / name))
            for name in governments.known()
        }


def _page(folder: Path) -> Iterator[str]:
    """A picture and a table for each service of the pack that people apply for here."""
    about, section = government.read_section(folder), catalogue.read_section(folder)
    offices = {row.code: row.short_name.en for row in about.agencies}
    times = {row.code: Duration(amount=row.amount, unit=row.unit) for row in section.deadlines}
    yield f"# The stages of each service: {about.government.name.en}"
    yield ""
    yield f"Drawn by `make diagrams` from `packs/{folder.name}/services/`. Do not edit."
    yield ""
    yield "A dotted line to the applicant is a request, and says what waits for the answer."
    yield ""
    for file in section.services:
        if file.value.is_applied_for:
            yield from _service(_picture(file.value, offices, wording.duration(times[TIME_TO_ANSWER])))


def _picture(service: ServiceDefinition, offices: dict[str, str], answer_time: str) -> Picture:
    flow, own = workflow.of_kind(service.kind), offices[service.agency]
    title, time = str(flow.status("SUBMITTED").station), wording.duration(service.intake_time)
    intake = Stage("intake", title, Hat.INTAKE, own, time)
    reviews, steps = tuple(_reviews(service, offices)), tuple(_steps(service, flow, own))
    return Picture(service, flow, intake, reviews, steps, answer_time)


def _reviews(service: ServiceDefinition, offices: dict[str, str]) -> Iterator[Stage]:
    """The branches, each with what it looks at."""
    for row in service.reviews:
        looks_at = "; ".join(item.label.en for item in row.checklist)
        yield Stage(
            key=row.key,
            title=row.title.en,
            hat=row.hat,
            office=offices[row.agency or service.agency],
            time=wording.part(row.days, of=service.time),
            asks=ONE_REVIEW,
            looks_at=f"{AT_THE_PLACE}: {looks_at}" if row.kind == "inspection" else looks_at,
        )


def _steps(service: ServiceDefinition, flow: Workflow, own: str) -> Iterator[Stage]:
    """The steps of the people; where the standard declares none, since the machine decides, those of the workflow."""
    asking_hats = flow.transition("ask").hats
    declared = [
        Stage(
            key=row.key,
            title=row.title.en,
            hat=row.hat,
            office=own,
            time=wording.part(row.days, of=service.time),
            signs=row.signs,
            asks=WHOLE_FILE if row.hat in asking_hats else "",
        )
        for row in service.steps
    ]
    if service.decided_by == "machine":
        declared = list(dropwhile(lambda row: row.hat == workflow.SYSTEM, declared))
    if any(row.decides for row in declared):
        yield from declared
        return
    time = wording.duration(service.time_by_people or service.time)
    for code, asks in (("IN_REVIEW", WHOLE_FILE), ("READY_FOR_DECISION", "")):
        status = flow.status(code)
        yield Stage(
            code.lower(), str(status.station), status.queue_hat, own, f"both within {time}", asks=asks
        )


def _service(picture: Picture) -> Iterator[str]:
    service = picture.service
    yield f"## {service.name.en}"
    yield ""
    yield f"`{service.slug}`, {wording.duration(service.time)} from a complete file."
    yield ""
    yield "```mermaid"
    yield "flowchart TD"
    yield from (f"    {line}" for line in (*_beginning(picture), *_middle(picture), *_requests(picture)))
    yield "```"
    yield ""
    yield "| stage | who | time | while the applicant is asked | what is looked at |"
    yield "| --- | --- | --- | --- | --- |"
    for row in (picture.intake, *picture.reviews, *picture.steps):
        yield f"| {row.title} | {row.who} | {row.time} | {row.asks or '-'} | {row.looks_at or '-'} |"
    yield ""
    yield from _askable(picture)


def _beginning(picture: Picture) -> Iterator[str]:
    """From the sending to the first step: what the machine grants at once, the check of the file, and the branches."""
    intake, first = picture.intake, picture.steps[0].node
    yield f'sent(["{picture.flow.applicant}: {picture.label("submit")}"])'
    yield intake.box
    if picture.service.decided_by == "machine":
        yield f'checks{{"{"<br/>".join(picture.service.checks)}"}}'
        yield "sent --> checks"
        yield f'checks -->|"all pass: {picture.label(GRANT_BY_MACHINE)}"| issued'
        yield f'checks -->|"one does not, or a person is asked for"| {intake.node}'
    else:
        yield f"sent --> {intake.node}"
    yield f'{intake.node} -->|"{picture.label("return")}"| sent'
    accepted = picture.label("accept")
    if picture.service.intake_silence == "complete":
        accepted += f", or {picture.label(ACCEPT_BY_SILENCE)}"
    yield f'{intake.node} -->|"{accepted}"| {"complete" if picture.reviews else first}'
    if picture.reviews:
        yield f'complete{{{{"{len(picture.reviews)} reviews side by side"}}}}'
        yield 'reviewed{{"The last of them is done"}}'
        yield f"reviewed --> {first}"
    for review in picture.reviews:
        yield review.box
        yield f"complete --> {review.node} --> reviewed"


def _middle(picture: Picture) -> Iterator[str]:
    """From the first step to the paper, each step after the one before."""
    before: Stage | None = None
    for step in picture.steps:
        yield step.box
        if before:
            yield _arrow(before.node, step.node, _on_the_way(picture, before, step))
        if before and step.signs:
            yield _arrow(step.node, before.node, picture.label(DECLINE_TO_SIGN))
        if step.decides:
            yield _arrow(step.node, "refused", picture.label("refuse"))
        before = step
    yield f'issued(["{picture.flow.status("ISSUED").label}"])'
    yield f'refused(["{picture.flow.status("REFUSED").label}"])'
    yield _arrow(picture.steps[-1].node, "issued", _on_the_way(picture, picture.steps[-1], None))
    if picture.service.deemed_approval == "auto_issue":
        yield f'{picture.steps[0].node} -.->|"time is over: {picture.label(GRANT_BY_LAW)}"| issued'


def _on_the_way(picture: Picture, before: Stage, step: Stage | None) -> str:
    """The road that leads from one step to the next: recommendation, grant, signature; "" where the case stays where it is."""
    if before.signs:
        return picture.label(SIGN)
    if before.decides:
        return picture.label(GRANT_FOR_SIGNATURE if step and step.signs else "grant")
    return picture.label("recommend") if step and step.decides else ""


def _arrow(start: str, end: str, words: str) -> str:
    return f'{start} -->|"{words}"| {end}' if words else f"{start} --> {end}"


def _requests(picture: Picture) -> Iterator[str]:
    """The dotted lines to the applicant and back."""
    askers = [row for row in (*picture.reviews, *picture.steps) if row.asks]
    if askers:
        yield f'applicant[/"{picture.flow.applicant}: {picture.label("answer")}<br/>within {picture.answer_time}"/]'
    for row in askers:
        yield f'{row.node} <-.->|"{row.asks}"| applicant'


def _askable(picture: Picture) -> Iterator[str]:
    """What may be asked here without a reason that is recorded and counted."""
    service = picture.service
    titles = {row.key: row.title.en for row in service.documents}
    titles |= {key: question.label.en for key, question in service.questions.items()}
    yield "What the standard lets be asked; anything else needs a reason, which is recorded and counted:"
    yield ""
    for kind in ApplicantRequest.Kind:
        names = [name for key, name in titles.items() if key in asking.listed(service, kind)]
        if kind == ApplicantRequest.Kind.APPOINTMENT and not asking.is_beyond(service, kind, ""):
            names = [review.title.en for review in service.reviews if review.kind == "inspection"]
        yield f"- {kind.label}: {'; '.join(names) or 'only with a reason'}"
    yield ""

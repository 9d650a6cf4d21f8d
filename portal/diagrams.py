"""The workflows as pictures: Mermaid state diagrams in docs/workflows/, drawn from the tables that enforce them."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import translation

from services.casework import workflow
from services.casework.workflow import BIRTH, Workflow

FOLDER = settings.BASE_DIR / "docs" / "workflows"


def pages() -> dict[Path, str]:
    """The text of each page, by its path."""
    with translation.override("en"):
        return {FOLDER / f"{known.kind.lower()}.md": "\n".join(page(known)) for known in workflow.every()}


def page(known: Workflow) -> Iterator[str]:
    """A diagram, and the table that it is a picture of."""
    yield f"# The life of a case of kind {known.kind}"
    yield ""
    source = known.source or f"{known.app}/workflow.py"
    yield f"Drawn by `make diagrams` from `{source}`. Do not edit."
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {status.code}: {status.label}" for status in known.statuses)
    yield from edges(known)
    yield "```"
    yield ""
    yield "| transition | from | to | who | event | notice |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for transition in known.transitions:
        sources = ", ".join(source or "(new)" for source in transition.sources)
        who = ", ".join(sorted(str(hat) for hat in transition.hats))
        yield (
            f"| {transition.label} | {sources} | {transition.target} | {who} | {transition.event} | "
            f"{transition.notice} |"
        )
    yield ""


def edges(known: Workflow) -> Iterator[str]:
    """The arrows, from the birth of a case to its end."""
    for transition in known.transitions:
        for source in transition.sources:
            start = "[*]" if source == BIRTH else source
            yield f"    {start} --> {transition.target}: {transition.label}"
    yield from (f"    {status.code} --> [*]" for status in known.statuses if status.final)

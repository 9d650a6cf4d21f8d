"""What every workflow must have, whichever service brings it."""

from pathlib import Path

import pytest

from portal import diagrams, stage_diagrams
from services.accounts.models import Hat
from services.casework import workflow
from services.casework.workflow import APPLICANT, BIRTH, HELPER, SILENT, SYSTEM, Status, Transition, Workflow
from tests.architecture import source

WORKFLOWS = workflow.every()
TRANSITIONS = [(known, transition) for known in WORKFLOWS for transition in known.transitions]
STATUSES = [(known, status) for known in WORKFLOWS for status in known.statuses]
NOTICES = source.ROOT / "templates" / "notifications"
PARTS = {"title.txt", "sms.txt", "page.html"}


def every_notice() -> list[Path]:
    return sorted(path.parent for path in NOTICES.rglob("page.html"))


def test_there_are_workflows() -> None:
    assert WORKFLOWS


@pytest.mark.parametrize(("known", "transition"), TRANSITIONS, ids=lambda value: getattr(value, "name", None))
def test_a_transition_is_whole(known: Workflow, transition: Transition) -> None:
    assert str(transition.label)
    assert transition.event.startswith(f"{known.app}.")
    assert transition.hats
    assert transition.hats <= {*Hat.values, APPLICANT, HELPER, SYSTEM}
    assert {*transition.sources, transition.target} <= {BIRTH, *known.by_code}
    assert transition.notice == SILENT or (NOTICES / transition.notice).is_dir()


@pytest.mark.parametrize(("known", "status"), STATUSES, ids=lambda value: getattr(value, "code", None))
def test_a_status_is_reached_and_is_left_or_final(known: Workflow, status: Status) -> None:
    assert any(transition.target == status.code for transition in known.transitions)
    assert bool(known.leaving(status.code)) != status.final


@pytest.mark.parametrize("known", WORKFLOWS, ids=lambda known: known.kind)
def test_from_every_status_an_end_can_be_reached(known: Workflow) -> None:
    ending = {status.code for status in known.statuses if status.final}
    while more := {
        source
        for transition in known.transitions
        if transition.target in ending
        for source in transition.sources
        if source not in ending
    }:
        ending |= more

    assert ending == {BIRTH, *known.by_code}


@pytest.mark.parametrize("folder", every_notice(), ids=lambda folder: str(folder.relative_to(NOTICES)))
def test_a_notice_has_all_its_parts(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} >= PARTS


def test_the_drawings_are_of_today() -> None:
    drawn = diagrams.pages() | stage_diagrams.pages()

    assert {path: path.read_text() for path in drawn} == drawn

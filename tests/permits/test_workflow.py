"""The transition table of permits: no dead ends, no forgotten notices, and who may take which road."""

from pathlib import Path

import pytest
from django.conf import settings

from permits.workflow import PERMITS
from services.casework.workflow import BIRTH, SILENT, Status, Transition

NOTICES = Path(settings.BASE_DIR, "templates", "notifications")


def reachable() -> set[str]:
    """Statuses that some chain of transitions leads to from birth."""
    found = {BIRTH}
    while True:
        more = {row.target for row in PERMITS.transitions if found & set(row.sources)} - found
        if not more:
            return found - {BIRTH}
        found |= more


def test_every_status_is_reachable() -> None:
    assert reachable() == set(PERMITS.by_code)


@pytest.mark.parametrize("status", PERMITS.statuses, ids=lambda status: status.code)
def test_a_status_has_an_exit_or_is_final(status: Status) -> None:
    assert bool(PERMITS.leaving(status.code)) != status.final


@pytest.mark.parametrize("transition", PERMITS.transitions, ids=lambda transition: transition.name)
def test_a_transition_has_a_label_an_event_and_a_notice_or_an_explicit_silence(
    transition: Transition,
) -> None:
    assert transition.label
    assert transition.event
    if transition.notice != SILENT:
        folder = NOTICES / transition.notice
        assert {path.name for path in folder.iterdir()} >= {"title.txt", "sms.txt", "page.html"}


def test_names_are_used_once() -> None:
    assert len(PERMITS.by_name) == len(PERMITS.transitions)
    assert len(PERMITS.by_code) == len(PERMITS.statuses)

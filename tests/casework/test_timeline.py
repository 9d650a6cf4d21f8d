"""The record in plain words: no event without its sentence, and nothing of the office's own for the citizen."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, sentences, timeline
from services.casework.workflow import every
from services.foundation import clock
from tests.factories import casework as cases

OPERATIONS = Path(settings.BASE_DIR, "services", "casework", "operations")
OF_OUTAGES = {
    f"casework.outage.{what}"
    for what in ("declared", "ended", "confirmed", "withdrawn", "corrected", "settled")
}
NOT_OF_ONE_CASE = {"casework.clocks.recomputed", "casework.ladder.changed"} | OF_OUTAGES
#: A promise beside an event that tells it, and a line of the log.
NO_EVENTS = {"casework.person.answered", "casework.signing.failed"}


def recorded_actions() -> set[str]:
    """Every action on a case that the operations of casework write, as their source says."""
    text = "".join(path.read_text() for path in OPERATIONS.glob("*.py"))
    return set(re.findall(r'"(casework\.[a-z_]+\.[a-z_]+)"', text)) - NOT_OF_ONE_CASE - NO_EVENTS


def test_every_event_of_every_workflow_has_its_sentence() -> None:
    events = {row.event for flow in every() for row in flow.transitions}
    known = {**sentences.SENTENCES, **timeline._further}
    assert {event for event in events if timeline.key_of(event) not in known} == set()


def test_every_action_of_casework_has_its_sentence() -> None:
    assert recorded_actions() - {*sentences.SENTENCES, *timeline._further} == set()


def test_saving_again_and_again_is_one_line(citizen: User) -> None:
    case = cases.draft_application(citizen)
    for text in ("Warung", "Warung Bu", "Warung Bu Sri"):
        casework.remember_answers(case, actor=citizen, answers={"shown_text": text}, at=clock.now())
    lines = timeline.for_citizen(case, queries.timeline(case))
    assert [(line.action, line.times) for line in lines] == [
        ("permits.application.started", 1),
        ("casework.answers.saved", 3),
    ]


@pytest.mark.parametrize("secret", ["Recommended: Grant", "Out of order", "note for the office"])
def test_the_office_reads_more_than_the_citizen(
    secret: str, citizen: User, citizen2: User, intake: User, reviewer: User
) -> None:
    cases.submitted_application(citizen2, at=clock.now() - timedelta(days=2))
    case = cases.submitted_application(citizen, at=clock.now())
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
    casework.add_office_note(case, actor=intake, words="Lengkap.", at=clock.now())
    accepted = permits.accept_application(case, actor=intake, at=clock.now())
    casework.take_case(accepted, actor=reviewer, at=clock.now())
    permits.recommend_application(accepted, actor=reviewer, recommendation="GRANT", at=clock.now())
    steps = queries.timeline(case)
    office = " ".join(line.sentence for line in timeline.for_office(case, steps))
    plain = " ".join(line.sentence for line in timeline.for_citizen(case, steps))
    assert secret in office
    assert secret not in plain


def test_a_step_names_role_and_office_and_no_person(citizen: User, intake: User) -> None:
    case = cases.accepted_application(citizen, intake)
    lines = timeline.for_citizen(case, queries.timeline(case))
    assert lines[0].by == "Applicant"
    assert lines[-1].by == f"Intake officer, {case.agency.short_name['en']}"


@pytest.fixture(autouse=True)
def _in_english() -> object:

    with override("en"):
        yield

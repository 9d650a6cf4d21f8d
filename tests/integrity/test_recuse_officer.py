"""Stepping back from a case that touches oneself."""

import pytest

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case, Holding
from services.foundation import clock
from services.integrity.models import Recusal, Rule
from tests.factories import casework as cases
from tests.integrity.interests import rule_that_refuses, take, with_nik


@pytest.fixture
def file(citizen: User, intake: User) -> Case:
    """A permit that waits for a reviewer; its applicant's NIK is on file."""
    with_nik(citizen)
    return cases.accepted_application(citizen, intake)


def test_whoever_steps_back_leaves_the_case_to_somebody_else(
    file: Case, reviewer: User, reviewer2: User
) -> None:
    place = file.place_at
    moved = casework.recuse_officer(take(file, reviewer), actor=reviewer, reason="Ipar saya.", at=clock.now())
    assert moved.assignee is None
    assert not Holding.objects.filter(case=moved, left_at=None).exists()
    assert moved.place_at == place
    assert Recusal.objects.get().reason == "Ipar saya."
    assert rule_that_refuses(moved, reviewer) == Rule.RECUSED
    assert take(moved, reviewer2).assignee == reviewer2
    steps = audit.events_of(Subject("case", file.reference))
    assert [step.action for step in steps].count("casework.officer.recused") == 1
    assert "Ipar" not in str([step.details for step in steps])


def test_stepping_back_twice_is_once(file: Case, reviewer: User) -> None:
    for _time in range(2):
        casework.recuse_officer(file, actor=reviewer, reason="Ipar saya.", at=clock.now())
    assert Recusal.objects.count() == 1


def test_a_reason_is_needed(file: Case, reviewer: User) -> None:
    with pytest.raises(casework.UnableToHandle) as refusal:
        casework.recuse_officer(file, actor=reviewer, reason="  ", at=clock.now())
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("who", ["citizen", "stranger", "foreign_reviewer", "foreign_approver"])
def test_nobody_steps_back_from_what_is_not_theirs(
    file: Case, who: str, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    with pytest.raises(casework.UnableToHandle):
        casework.recuse_officer(file, actor=actor, reason="Ipar.", at=clock.now())

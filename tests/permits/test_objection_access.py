"""Who may object: the citizen's side. Who may answer: a signatory or head of the office without a hand in the decision."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import User
from services.casework.models import Case
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import casework as cases

pytestmark = pytest.mark.django_db
OFFICE = ("intake", "reviewer", "approver", "inspector", "supervisor", "executive", "auditor")
OUTSIDERS = ("administrator", "foreign_approver", "stranger")
HAND = ("approver", "reviewer", "intake")

object_to, confirm, replace = (
    permits.BY_TRANSITION[name] for name in ("object", "confirm_decision", "replace_decision")
)


@pytest.fixture
def refused(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return cases.refused_application(citizen, intake, reviewer, approver)


@pytest.fixture
def objected(refused: Case, citizen: User) -> Case:
    return object_to(refused, actor=citizen, words="Tidak benar.", at=clock.now())


def test_nobody_but_the_citizens_side_objects(refused: Case, named: Callable[[str], User]) -> None:
    for name in OFFICE + OUTSIDERS:
        with pytest.raises(UnableToAct):
            object_to(refused, actor=named(name), words="Tidak.", at=clock.now())


@pytest.mark.parametrize("answer", [confirm, replace])
def test_nobody_else_answers(answer: Any, objected: Case, named: Callable[[str], User]) -> None:
    for name in ("inspector", "supervisor", "auditor", *OUTSIDERS, "citizen"):
        with pytest.raises(UnableToAct) as told:
            answer(objected, actor=named(name), reason="Tetap.", at=clock.now())
        assert (name, told.value.code) == (name, "hat")


@pytest.mark.parametrize("name", ["approver", "reviewer"])
@pytest.mark.parametrize("answer", [confirm, replace])
def test_whoever_had_a_hand_in_the_decision_does_not_answer_under_any_hat(
    answer: Any, name: str, objected: Case, request: pytest.FixtureRequest, wear: Any
) -> None:
    officer = request.getfixturevalue(name)
    wear(officer, "EXECUTIVE")
    with pytest.raises(UnableToAct) as told:
        answer(objected, actor=officer, reason="Tetap.", at=clock.now())
    assert told.value.code == "four_eyes"


def test_the_applicant_does_not_answer_even_as_a_head(objected: Case, citizen: User, wear: Any) -> None:
    wear(citizen, "EXECUTIVE")
    with pytest.raises(UnableToAct):
        confirm(objected, actor=citizen, reason="Tetap.", at=clock.now())


def test_a_stranger_finds_no_page(objected: Case, stranger: User, client: Client) -> None:
    client.force_login(stranger)
    assert client.get(f"/cases/{objected.reference}/objection/").status_code == 404
    assert client.post(f"/cases/{objected.reference}/objection/", {"words": "x"}).status_code == 404

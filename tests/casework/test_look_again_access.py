"""Who may look at a decision of the machine again: who checks or decides in its office, and has no part in the case."""

from collections.abc import Callable
from typing import Any

import pytest

from services.accounts.models import User
from services.casework import looking_again
from services.casework import operations as casework
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import machine


@pytest.mark.parametrize("name", ["reviewer", "approver"])
def test_who_checks_or_decides_may(name: str, request: pytest.FixtureRequest, citizen: User) -> None:
    officer = request.getfixturevalue(name)
    case = machine.granted(citizen)
    assert [look.case for look in looking_again.awaited(officer, at=clock.now())] == [case]
    casework.look_again(case.second_looks.get(), actor=officer, result="CONFIRMED", at=clock.now())


@pytest.mark.parametrize(
    "name",
    [
        "citizen",
        "stranger",
        "intake",
        "supervisor",
        "executive",
        "auditor",
        "administrator",
        "foreign_reviewer",
    ],
)
def test_nobody_else_may(name: str, request: pytest.FixtureRequest, citizen: User) -> None:
    somebody = request.getfixturevalue(name)
    case = machine.granted(citizen)
    assert not looking_again.awaited(somebody, at=clock.now()).exists()
    with pytest.raises(UnableToAct) as refusal:
        casework.look_again(case.second_looks.get(), actor=somebody, result="CONFIRMED", at=clock.now())
    assert refusal.value.code == "hat"


def test_whoever_applied_does_not_look_at_their_own_matter(citizen: User, wear: Callable[..., Any]) -> None:
    wear(citizen, "REVIEWER", agency_code="dpmptsp")
    case = machine.granted(citizen)
    assert not looking_again.awaited(citizen, at=clock.now()).exists()
    with pytest.raises(UnableToAct):
        casework.look_again(case.second_looks.get(), actor=citizen, result="CONFIRMED", at=clock.now())

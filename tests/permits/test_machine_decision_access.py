"""Nobody but the system takes the road of the machine."""

import pytest

from permits.workflow import GRANT_BY_MACHINE, PERMITS
from services.accounts.models import User
from services.casework import queries, transitions
from services.casework.policies import UnableToAct
from services.casework.workflow import SYSTEM
from services.foundation import clock
from tests.factories import machine

EVERYBODY = (
    *("citizen", "stranger", "intake", "reviewer", "inspector", "approver", "supervisor"),
    *("executive", "auditor", "administrator", "foreign_approver"),
)


def test_the_road_is_the_systems_alone() -> None:
    assert GRANT_BY_MACHINE.hats == {SYSTEM}
    assert GRANT_BY_MACHINE.sources == ("SUBMITTED",)
    assert [row.name for row in PERMITS.transitions if SYSTEM in row.hats and row.target == "GRANTED"] == [
        "grant_by_machine",
        "grant_by_law",
    ]


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_takes_it_by_hand(name: str, request: pytest.FixtureRequest, citizen: User) -> None:
    somebody: User = request.getfixturevalue(name)
    case = machine.sent(citizen)
    case.assignee = somebody
    offered = {row.name for row in queries.allowed_transitions(case, somebody, at=clock.now())}
    assert "grant_by_machine" not in offered

    changes = {"complete_at": clock.now(), "outcome": "GRANTED"}
    with pytest.raises(UnableToAct) as told:
        transitions.apply(case, GRANT_BY_MACHINE, actor=somebody, at=clock.now(), changes=changes)
    assert told.value.code == "hat"


def test_the_system_decides_nothing_else(citizen: User) -> None:
    case = machine.sent(citizen)
    accept = PERMITS.transition("accept")
    with pytest.raises(UnableToAct):
        transitions.apply(case, accept, actor=None, at=clock.now())

"""Who says that the portal was out: supervisors and administrators at the head of the government, and two of them for dates to move."""

from datetime import UTC, datetime, timedelta

import pytest

from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.policies import UnableToAct
from tests.factories import casework as cases
from tests.factories import outages as out

START = datetime(2026, 11, 2, 3, tzinfo=UTC)
LATER = START + timedelta(days=2)


@pytest.mark.parametrize(
    "name", ["citizen", "intake", "approver", "supervisor", "executive", "administrator"]
)
def test_nobody_of_an_office_declares_one(name: str, request: pytest.FixtureRequest) -> None:
    out.administrator()
    with pytest.raises(UnableToAct) as refused:
        out.declared(request.getfixturevalue(name), begins_at=START, at=LATER)
    assert refused.value.code == "hat"


@pytest.mark.parametrize("hat", [Hat.EXECUTIVE, Hat.AUDITOR, Hat.APPROVER])
def test_no_other_hat_at_the_head_of_the_government_does(hat: Hat, db: None) -> None:
    with pytest.raises(UnableToAct):
        out.declared(out.administrator("Kepala", hat), begins_at=START, at=LATER)


def test_whoever_said_when_it_ended_does_not_confirm_it_and_whoever_declared_it_may(db: None) -> None:
    one, other = out.administrator("Satu"), out.administrator("Dua", Hat.SUPERVISOR)
    outage = casework.end_outage(
        out.declared(one, begins_at=START, at=LATER), actor=other, ends_at=LATER, at=LATER
    )
    with pytest.raises(UnableToAct) as refused:
        casework.confirm_outage(outage, actor=other, at=LATER)
    assert refused.value.code == "four_eyes"
    assert casework.confirm_outage(outage, actor=one, at=LATER).confirmed_by == one


def test_nobody_confirms_one_that_moves_a_date_of_their_own(intake: User) -> None:
    one, other = out.administrator("Satu"), out.administrator("Dua")
    cases.returned_application(other, intake, at=START)
    ended = out.declared(one, begins_at=START, ends_at=LATER, at=LATER)
    with pytest.raises(UnableToAct) as refused:
        casework.confirm_outage(ended, actor=other, at=LATER)
    assert refused.value.code == "own"

"""Who may move files of a team, and which."""

import pytest

from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts
from tests.factories import casework as cases


@pytest.fixture
def held(citizen: User, intake: User) -> Case:
    return casework.take_case(cases.submitted_application(citizen), actor=intake, at=clock.now())


def move(case: Case, *, actor: User) -> int:
    return casework.hand_over(
        [case.reference], actor=actor, agency=case.agency, to=None, reason_code="LATE", at=clock.now()
    )


@pytest.mark.parametrize(
    "name", ["citizen", "stranger", "intake", "reviewer", "approver", "executive", "auditor", "administrator"]
)
def test_nobody_but_a_supervisor_does(name: str, request: pytest.FixtureRequest, held: Case) -> None:
    with pytest.raises(UnableToAct) as refused:
        move(held, actor=request.getfixturevalue(name))
    assert refused.value.code == "hat"


def test_a_supervisor_of_another_office_does_not(held: Case) -> None:
    elsewhere = accounts.officer("Pengawas Luar", Hat.SUPERVISOR, agency_code="dishub")
    with pytest.raises(UnableToAct):
        move(held, actor=elsewhere)


def test_a_supervisor_who_has_not_signed_the_pact_does_not(held: Case) -> None:
    unsigned = accounts.signed_up("Pengawas Baru")
    accounts.unsigned(unsigned, Hat.SUPERVISOR)
    with pytest.raises(UnableToAct) as refused:
        move(held, actor=unsigned)
    assert refused.value.code == "pact"


def test_a_confidential_file_is_not_there_for_a_supervisor(held: Case, supervisor: User) -> None:
    Case.objects.filter(pk=held.pk).update(is_confidential=True)
    with pytest.raises(UnableToHandle) as refused:
        move(held, actor=supervisor)
    assert refused.value.code == "gone"


def test_a_supervisor_does_not_move_their_own_matter(intake: User, supervisor: User) -> None:
    case = casework.take_case(cases.submitted_application(supervisor), actor=intake, at=clock.now())
    with pytest.raises(UnableToHandle) as refused:
        move(case, actor=supervisor)
    assert refused.value.code == "own"

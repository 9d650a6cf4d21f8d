"""Who enters the ruling of a court: signatory, head or supervisor of the office. Who confirms it: signatory or head. Nobody else."""

from typing import Any

import pytest
from django.test import Client

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Ruling
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.casework.test_rulings import Kind, enter
from tests.factories import casework as cases

NEVER = (
    "intake",
    "reviewer",
    "inspector",
    "auditor",
    "administrator",
    "foreign_approver",
    "citizen",
    "stranger",
)
PAGE = "/admin/casework/case/rulings/"


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return cases.issued_application(citizen, intake, reviewer, approver)


@pytest.fixture
def entered(issued: Case, executive: User) -> Ruling:
    return enter(issued, Kind.STAY, executive)


@pytest.mark.parametrize("name", NEVER)
def test_nobody_else_enters_one(name: str, issued: Case, request: pytest.FixtureRequest) -> None:
    with pytest.raises(UnableToAct) as told:
        enter(issued, Kind.STAY, request.getfixturevalue(name))
    assert (told.value.code, Ruling.objects.count()) == ("hat", 0)


@pytest.mark.parametrize("name", [*NEVER, "supervisor"])
def test_nobody_else_confirms_or_sends_back(
    name: str, entered: Ruling, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(name)
    with pytest.raises(UnableToAct):
        casework.confirm_ruling(entered, actor=actor, at=clock.now())
    with pytest.raises(UnableToAct):
        casework.send_ruling_back(entered, actor=actor, words="Salah.", at=clock.now())


@pytest.mark.parametrize("hat", ["APPROVER", "EXECUTIVE"])
def test_a_party_neither_enters_nor_confirms(hat: str, entered: Ruling, citizen: User, wear: Any) -> None:
    wear(citizen, hat)
    with pytest.raises(UnableToAct):
        casework.confirm_ruling(entered, actor=citizen, at=clock.now())


@pytest.mark.parametrize("name", ["intake", "reviewer", "auditor", "administrator", "citizen"])
def test_for_everybody_else_there_is_no_such_page(
    name: str, entered: Ruling, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))
    for address in (PAGE, f"{PAGE}{entered.pk}/", f"{PAGE}{entered.pk}/paper/"):
        assert client.get(address).status_code == 404


def test_another_office_sees_none_of_it(entered: Ruling, client: Client, foreign_approver: User) -> None:
    client.force_login(foreign_approver)
    assert entered.case.reference not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{entered.pk}/").status_code == 404

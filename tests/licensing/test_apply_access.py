"""Who may say for which business an application is, and send it: its own side, and nobody else."""

from uuid import uuid4

import pytest
from django.test import Client

from licensing import operations, queries
from licensing.models import Business
from services.accounts.models import User
from services.casework.models import Case
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import licensing

OTHERS = ("stranger", "citizen2", "intake", "reviewer", "approver", "supervisor", "auditor", "administrator")


@pytest.fixture
def case(citizen: User) -> Case:
    """A draft of somebody whose business is not named yet."""
    licensing.business(citizen)
    return licensing.draft(citizen, version=licensing.registration())


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_names_the_business(name: str, request: pytest.FixtureRequest, case: Case) -> None:
    other: User = request.getfixturevalue(name)
    for business in (licensing.business(other), Business.objects.earliest("created_at")):
        with pytest.raises(operations.UnableToApply):
            operations.choose_business(case, actor=other, business=business, at=clock.now())
    assert queries.application_of(case).business is None


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_the_pages_are_not_there(
    name: str, request: pytest.FixtureRequest, client: Client, case: Case
) -> None:
    client.force_login(request.getfixturevalue(name))
    for place in ("", "business/", "business/new/", "check/"):
        address = f"/licensing/apply/{licensing.STALL}/{case.reference}/{place}"
        assert client.get(address).status_code == 404, place
        assert client.post(address).status_code == 404, place


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_sends_it(name: str, request: pytest.FixtureRequest, citizen: User) -> None:
    case = licensing.filled(citizen)
    with pytest.raises(UnableToAct):
        operations.submit_application(
            case, actor=request.getfixturevalue(name), submission_key=uuid4().hex, at=clock.now()
        )


def test_a_sent_application_stays_with_its_business(citizen: User) -> None:
    case = licensing.sent(citizen, of=licensing.business(citizen))
    with pytest.raises(operations.UnableToApply) as told:
        operations.choose_business(case, actor=citizen, business=licensing.business(citizen), at=clock.now())
    assert told.value.code == "sent"


def test_the_anonymous_are_asked_to_sign_in(client: Client, case: Case) -> None:
    address = f"/licensing/apply/{licensing.STALL}/{case.reference}/business/"
    assert "/login/" in client.get(address)["Location"]
    assert "/login/" in client.post(address, {"business": "NEW"})["Location"]

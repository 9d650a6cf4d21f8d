"""Who may suspend a certificate and lift that: an approver of its agency who is no party of it, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.policies import UnableToAct
from services.documents import queries as papers
from services.foundation import clock
from tests.casework.desk import Desk, file
from tests.factories import casework as cases

READERS = ("intake", "reviewer", "inspector", "supervisor", "executive", "auditor")
OUTSIDERS = ("administrator", "foreign_intake", "foreign_reviewer", "foreign_approver", "citizen", "stranger")
OPERATIONS = (casework.suspend_certificate, casework.reinstate_certificate)
PLACES = ("certificate/suspend/", "certificate/reinstate/")


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    """A certificate in force."""
    return cases.issued_application(citizen, intake, reviewer, approver)


def is_in_force(case: Case) -> bool:
    found = papers.certificate_of(case.reference)
    return found is not None and found.standing == "ACTIVE"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nobody_else_may(operation: Any, named: Callable[[str], User], issued: Case) -> None:
    for name in READERS + OUTSIDERS:
        with pytest.raises(UnableToAct) as told:
            operation(issued, actor=named(name), reason="Kotor.", at=clock.now())
        assert (name, told.value.code) == (name, "hat")
    assert is_in_force(issued)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_party_may_not_even_as_an_approver(operation: Any, issued: Case, citizen: User, wear: Any) -> None:
    wear(citizen, "APPROVER")
    with pytest.raises(UnableToAct):
        operation(issued, actor=citizen, reason="Kotor.", at=clock.now())


def test_readers_see_no_form_and_are_told(named: Callable[[str], User], issued: Case) -> None:
    for name in READERS:
        desk = Desk(Client()).sit(named(name))
        assert "Suspend it" not in desk.open(issued), name
        page = desk.press(issued, PLACES[0], **{"suspend-reason": "Kotor."}).content.decode()
        assert "You may not do this with this case." in page, name
    assert is_in_force(issued)


@pytest.mark.parametrize("place", PLACES)
def test_for_everybody_else_there_is_no_such_page(
    place: str, named: Callable[[str], User], client: Client, issued: Case
) -> None:
    for name in OUTSIDERS:
        client.force_login(named(name))
        assert client.get(file(issued, place)).status_code == 404, name
        assert client.post(file(issued, place)).status_code == 404, name


@pytest.mark.parametrize("place", PLACES)
def test_the_anonymous_are_asked_to_sign_in(place: str, client: Client, issued: Case) -> None:
    assert "/login/" in client.post(file(issued, place))["Location"]

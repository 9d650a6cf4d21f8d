"""Who may take a permit back: an approver of its agency who is no party of it, and nobody else."""

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
OUTSIDERS = (
    "administrator",
    "foreign_intake",
    "foreign_reviewer",
    "foreign_approver",
    "citizen",
    "citizen2",
    "stranger",
)
PLACE = "certificate/revoke/"
REASON = {"revoke-reason": "Tidak sesuai gambar."}


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    """A permit in force."""
    return cases.issued_application(citizen, intake, reviewer, approver)


def is_in_force(case: Case) -> bool:
    found = papers.certificate_of(case.reference)
    return found is not None and found.standing == "ACTIVE"


def revoke(case: Case, actor: User) -> None:
    casework.revoke_certificate(case, actor=actor, reason="Tidak sesuai gambar.", at=clock.now())


def test_nobody_else_may(named: Callable[[str], User], issued: Case) -> None:
    for name in READERS + OUTSIDERS:
        with pytest.raises(UnableToAct) as told:
            revoke(issued, named(name))
        assert (name, told.value.code) == (name, "hat")
    assert is_in_force(issued)


def test_a_party_may_not_even_as_an_approver(issued: Case, citizen: User, wear: Any) -> None:
    wear(citizen, "APPROVER")
    with pytest.raises(UnableToAct):
        revoke(issued, citizen)
    assert is_in_force(issued)


def test_another_approver_of_the_agency_may(issued: Case, reviewer2: User, wear: Any) -> None:
    wear(reviewer2, "APPROVER")
    revoke(issued, reviewer2)
    assert not is_in_force(issued)


def test_readers_see_no_form_and_are_told(named: Callable[[str], User], issued: Case) -> None:
    for name in READERS:
        desk = Desk(Client()).sit(named(name))
        assert "Revoke it for good" not in desk.open(issued), name
        page = desk.press(issued, PLACE, **REASON).content.decode()
        assert "You may not do this with this case." in page, name
    assert is_in_force(issued)


def test_for_everybody_else_there_is_no_such_page(
    named: Callable[[str], User], client: Client, issued: Case
) -> None:
    for name in OUTSIDERS:
        client.force_login(named(name))
        assert client.get(file(issued, PLACE)).status_code == 404, name
        assert client.post(file(issued, PLACE), REASON).status_code == 404, name
    assert is_in_force(issued)


def test_the_anonymous_are_asked_to_sign_in(client: Client, issued: Case) -> None:
    assert "/login/" in client.post(file(issued, PLACE), REASON)["Location"]
    assert is_in_force(issued)

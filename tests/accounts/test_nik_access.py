"""A NIK is unmasked by who works with it, in their own agency, for a reason."""

import pytest

from services.accounts import actors, operations
from services.accounts.models import Person, User
from services.accounts.operations.nik import subject_of
from services.audit import queries as record
from services.foundation import clock
from tests.accounts.test_nik import NIK
from tests.factories import accounts

READERS = ["intake", "reviewer", "inspector", "approver", "supervisor", "auditor"]
OTHERS = ["citizen2", "executive", "administrator", "foreign_intake", "foreign_approver"]


@pytest.fixture
def person(citizen: User) -> Person:
    return operations.keep_nik(citizen.person, NIK, actor=actors.acting(citizen), at=clock.now())


def reveal(person: Person, viewer: User, purpose: str = "P-7K3F9-QXM2E") -> str:
    return operations.reveal_nik(
        person, viewer=viewer, agency=accounts.agency(), purpose=purpose, at=clock.now()
    )


@pytest.mark.parametrize("who", READERS)
def test_who_works_with_it_may(request: pytest.FixtureRequest, person: Person, who: str) -> None:
    assert reveal(person, request.getfixturevalue(who)) == NIK


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_may(request: pytest.FixtureRequest, person: Person, who: str) -> None:
    before = len(record.events_of(subject_of(person)))
    with pytest.raises(operations.UnableToRevealNik) as refusal:
        reveal(person, request.getfixturevalue(who))
    assert refusal.value.code == "hat"
    assert len(record.events_of(subject_of(person))) == before


def test_not_without_a_reason(person: Person, intake: User) -> None:
    with pytest.raises(operations.UnableToRevealNik) as refusal:
        reveal(person, intake, purpose=" ")
    assert refusal.value.field == "purpose"


def test_there_must_be_one(citizen2: User, intake: User) -> None:
    with pytest.raises(operations.UnableToRevealNik) as refusal:
        reveal(citizen2.person, intake)
    assert refusal.value.code == "absent"

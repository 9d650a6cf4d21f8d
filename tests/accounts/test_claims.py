"""Somebody takes over the person whom a helper entered for them, by the code on the receipt."""

from datetime import timedelta

import pytest
from django.test import Client

from services.accounts import actors, operations, queries
from services.accounts.models import ClaimCode, Person, User
from services.accounts.operations.nik import subject_of
from services.audit import queries as record
from services.foundation import clock
from tests.accounts.pages import landed
from tests.accounts.test_nik import NIK, OTHER, keep


@pytest.fixture
def entered(citizen2: User) -> Person:
    """A person whom a helper entered."""
    return operations.register_person(
        name="Mbah Karto", nik=NIK, phone="+6281234567890", actor=actors.acting(citizen2), at=clock.now()
    )


def issue(person: Person, by: User) -> str:
    return operations.issue_claim_code(person, actor=actors.acting(by), at=clock.now())


def claim(user: User, code: str) -> Person:
    return operations.claim_person(user, code=code, at=clock.now())


def test_the_person_stays_and_gets_a_login(citizen: User, citizen2: User, entered: Person) -> None:
    claimed = claim(citizen, issue(entered, citizen2))
    assert claimed.pk == entered.pk
    assert claimed.user == citizen
    assert citizen.person.pk != entered.pk
    assert queries.persons_of(citizen) == {citizen.person.pk, entered.pk}
    assert [e.action for e in record.events_of(subject_of(entered))][-2:] == [
        "accounts.claim_code.issued",
        "accounts.person.claimed",
    ]


def test_the_code_is_kept_as_a_hash_only(citizen2: User, entered: Person) -> None:
    code = issue(entered, citizen2)
    assert len(code.replace("-", "")) == 12
    assert code.replace("-", "").encode() not in bytes(ClaimCode.objects.get().code_hash)


def test_the_code_is_forgiving_about_how_it_is_copied(citizen: User, citizen2: User, entered: Person) -> None:
    code = issue(entered, citizen2)
    assert (
        claim(citizen, f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ").user
        == citizen
    )


def test_it_works_once(citizen: User, citizen2: User, stranger: User, entered: Person) -> None:
    code = issue(entered, citizen2)
    claim(citizen, code)
    with pytest.raises(operations.UnableToClaim) as refusal:
        claim(stranger, code)
    assert refusal.value.code == "used"
    with pytest.raises(operations.UnableToClaim) as refusal:
        issue(entered, citizen2)
    assert refusal.value.code == "joined"


def test_it_expires(citizen: User, citizen2: User, entered: Person) -> None:
    code = issue(entered, citizen2)
    clock.move(timedelta(days=91))
    with pytest.raises(operations.UnableToClaim) as refusal:
        claim(citizen, code)
    assert refusal.value.code == "expired"


def test_a_newer_code_makes_the_older_void(citizen: User, citizen2: User, entered: Person) -> None:
    older = issue(entered, citizen2)
    issue(entered, citizen2)
    with pytest.raises(operations.UnableToClaim) as refusal:
        claim(citizen, older)
    assert refusal.value.code == "unknown"


def test_somebody_with_another_nik_does_not_get_it(citizen: User, citizen2: User, entered: Person) -> None:
    keep(citizen, OTHER)
    del citizen.person
    with pytest.raises(operations.UnableToClaim) as refusal:
        claim(citizen, issue(entered, citizen2))
    assert refusal.value.code == "other_nik"


def test_the_page_takes_the_code(client: Client, citizen: User, citizen2: User, entered: Person) -> None:
    client.force_login(citizen)
    wrong = client.post("/account/claim/", {"code": "0000-0000-0000"})
    assert wrong.context["form"].errors["code"]
    assert "0000-0000-0000" in wrong.content.decode()
    assert landed(client.post("/account/claim/", {"code": issue(entered, citizen2)})) == "/cases/"
    entered.refresh_from_db()
    assert entered.user == citizen


def test_guessing_is_limited(client: Client, citizen: User, citizen2: User, entered: Person) -> None:
    client.force_login(citizen)
    for _time in range(10):
        client.post("/account/claim/", {"code": "0000-0000-0000"})
    client.post("/account/claim/", {"code": issue(entered, citizen2)})
    entered.refresh_from_db()
    assert entered.user is None

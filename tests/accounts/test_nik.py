"""A NIK is kept sealed, found by its index, unmasked with an event that its owner sees."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from services.accounts import actors, operations
from services.accounts.models import Person, User
from services.accounts.operations import nik
from services.audit import queries as record
from services.foundation import clock, identity, sealing
from tests.factories import accounts

NIK = "3578015502900000"
OTHER = "3578010101900000"
MASKED = identity.mask_nik(NIK)


def keep(user: User, number: str = NIK) -> Person:
    return operations.keep_nik(user.person, number, actor=actors.acting(user), at=clock.now())


def verify(person: Person, by: User) -> Person:
    return operations.verify_nik(person, verifier=by, agency=accounts.agency(), at=clock.now())


def test_it_stands_nowhere_in_clear(citizen: User) -> None:
    person = keep(citizen)
    row = Person.objects.filter(pk=person.pk).values().get()
    assert not any(
        NIK.encode() in bytes(value) for value in row.values() if isinstance(value, memoryview | bytes)
    )
    assert not any(NIK in value for value in row.values() if isinstance(value, str))
    assert nik.unsealed_nik(person) == NIK
    assert bytes(person.nik_index or b"") == nik.index_of(NIK)


def test_it_opens_in_its_own_row_only(citizen: User, citizen2: User) -> None:
    person, other = keep(citizen), citizen2.person
    other.nik_sealed = person.nik_sealed
    with pytest.raises(sealing.CannotUnseal):
        nik.unsealed_nik(other)


@pytest.mark.parametrize(
    "number", ["357801550290000", "3578015502900000x", "3578019902900001", "0078015502900001"]
)
def test_what_is_no_nik_is_refused(citizen: User, number: str) -> None:
    with pytest.raises(identity.NotANik):
        keep(citizen, number)


def test_an_officer_unmasks_it_for_a_reason_and_the_owner_sees_that(
    client: Client, citizen: User, intake: User
) -> None:
    person = keep(citizen)
    shown = operations.reveal_nik(
        person, viewer=intake, agency=accounts.agency(), purpose="P-7K3F9-QXM2E", at=clock.now()
    )
    assert shown == NIK
    event = record.events_of(nik.subject_of(person))[-1]
    assert (event.action, event.actor.hat, event.actor.agency) == (
        "accounts.nik.revealed",
        "INTAKE",
        "dpmptsp",
    )
    client.force_login(citizen)
    page = client.get("/account/profile/").content.decode()
    assert "Dinas dpmptsp" in page
    assert "P-7K3F9-QXM2E" in page
    assert "Wulan" not in page
    assert MASKED in page
    assert NIK not in page


def test_it_is_unique_among_verified_persons(citizen: User, citizen2: User, intake: User) -> None:
    first, second = keep(citizen), keep(citizen2)
    verify(first, intake)
    with pytest.raises(operations.UnableToKeepNik) as refusal:
        verify(second, intake)
    assert refusal.value.code == "taken"
    with pytest.raises(IntegrityError, match="nik_is_unique_among_verified_persons"), transaction.atomic():
        Person.objects.filter(pk=second.pk).update(nik_verified_at=clock.now())


def test_a_verified_one_stays(citizen: User, intake: User) -> None:
    verify(keep(citizen), intake)
    with pytest.raises(operations.UnableToKeepNik) as refusal:
        keep(citizen, OTHER)
    assert refusal.value.field == "nik"
    assert keep(citizen, NIK).nik_mask == MASKED


def test_its_owner_gives_and_corrects_it(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    client.post("/account/details/", {"name": "Budi", "nik": "3578 0155 0290 0000"})
    citizen.person.refresh_from_db()
    assert nik.unsealed_nik(citizen.person) == NIK
    response = client.post("/account/details/", {"name": "Budi", "nik": "123"})
    assert response.context["form"].errors["nik"]
    assert "123" in response.content.decode()


def test_seal_and_index_come_together(citizen: User) -> None:
    with pytest.raises(IntegrityError, match="sealed_and_indexed_together"), transaction.atomic():
        Person.objects.filter(pk=citizen.person.pk).update(nik_index=b"1" * 32)

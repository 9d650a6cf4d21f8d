"""Licences in the admin: read by whoever reads files, of their own office; changed by nobody there."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.models import BusinessMember, Licence
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries as cases
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.casework.desk import file
from tests.factories import licensing

Officers = tuple[User, User, User]
LIST = "/admin/licensing/licence/"
READERS = ("intake", "reviewer", "inspector", "approver", "supervisor", "auditor")


@pytest.fixture
def licence(citizen: User, officers: Officers) -> Licence:
    """A licence in force."""
    return licensing.issued(citizen, *officers)


@pytest.mark.parametrize("name", READERS)
def test_readers_of_files_see_it_and_are_led_to_its_file(
    name: str, request: pytest.FixtureRequest, client: Client, licence: Licence
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert licence.certificate.number in client.get(LIST).content.decode()
    answer = client.get(f"{LIST}{licence.pk}/change/")
    assert answer["Location"] == file(licence.case)


@pytest.mark.parametrize("name", ["foreign_intake", "foreign_approver"])
def test_another_office_does_not(
    name: str, request: pytest.FixtureRequest, client: Client, licence: Licence
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert licence.certificate.number not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{licence.pk}/change/").status_code == 404


@pytest.mark.parametrize("name", ["administrator", "citizen"])
def test_nobody_else_has_the_list(
    name: str, request: pytest.FixtureRequest, client: Client, licence: Licence
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get(LIST).status_code in {302, 403}
    assert client.get(f"{LIST}{licence.pk}/change/").status_code in {302, 404}


@pytest.mark.parametrize("place", ["add/", "{pk}/delete/", "{pk}/history/"])
def test_there_is_nothing_but_the_list_and_the_way_to_the_file(
    client: Client, licence: Licence, approver: User, place: str
) -> None:
    client.force_login(approver)
    assert client.get(LIST + place.format(pk=licence.pk)).status_code == 404
    assert client.post(LIST + place.format(pk=licence.pk)).status_code == 404


def test_nothing_is_changed_there(client: Client, licence: Licence, approver: User) -> None:
    client.force_login(approver)
    client.post(f"{LIST}{licence.pk}/change/", {"reminded_days": 7})
    licence.refresh_from_db()
    assert licence.reminded_days is None


def test_a_list_costs_the_same_however_long_it_is(
    client: Client,
    citizen: User,
    officers: Officers,
    approver: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(3):
        licensing.issued(citizen, *officers)
    client.force_login(approver)
    client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_an_officer_who_acts_for_the_business_does_not_handle_its_case(
    client: Client, citizen: User, intake: User, approver: User, officers: Any
) -> None:
    business = licensing.business(citizen)
    BusinessMember.objects.create(business=business, person=intake.person, valid_from=clock.today())
    case = licensing.sent(citizen, of=business)
    waiting = cases.waiting_for(agency=case.agency, hat="INTAKE", user=intake, at=clock.now())
    assert case not in waiting
    assert cases.desk_case(intake, case.reference, at=clock.now()) is None
    with pytest.raises((casework.UnableToHandle, UnableToAct)):
        casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())


def test_neither_does_one_who_acted_for_it_once(citizen: User, intake: User) -> None:
    business = licensing.business(citizen)
    BusinessMember.objects.create(
        business=business, person=intake.person, valid_from=clock.today(), valid_until=clock.today()
    )
    case = licensing.sent(citizen, of=business)
    assert cases.desk_case(intake, case.reference, at=clock.now()) is None


def test_another_officer_still_sees_it_in_the_queue(citizen: User, intake: User) -> None:
    case = licensing.sent(citizen, of=licensing.business(citizen))
    assert case in cases.waiting_for(agency=case.agency, hat="INTAKE", user=intake, at=clock.now())

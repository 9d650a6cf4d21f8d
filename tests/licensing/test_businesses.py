"""A business is entered once, by whoever acts for it; a number belongs to one of them."""

from uuid import uuid4

import pytest
from django.test import Client

from licensing import operations, queries
from licensing.models import Business
from services.accounts import actors
from services.accounts.models import User
from services.accounts.operations import choose_language
from services.audit import queries as audit
from services.audit.actors import Subject
from services.foundation import clock
from tests.factories import applications, licensing

FIELDS = {
    "name": "Bakso Pak Slamet",
    "legal_form": "SOLE",
    "address": "Jl. Tunjungan 1",
    "district": applications.GENTENG,
}


@pytest.fixture(autouse=True)
def _districts(db: None) -> None:
    applications.districts()


def enter(reader: Client, **changes: str) -> str:
    return reader.post("/licensing/businesses/new/", FIELDS | changes, follow=True).content.decode()


def test_a_stall_needs_no_number(reader: Client, citizen: User) -> None:
    page = enter(reader)
    (business,) = queries.businesses_of(citizen, at=clock.now())
    assert (business.name, business.nib, business.kbli_code) == ("Bakso Pak Slamet", "", "")
    assert "Bakso Pak Slamet" in page
    assert "NIB" not in page


def test_numbers_are_read_as_they_are_typed(reader: Client, citizen: User) -> None:
    enter(reader, nib="1234 5678 9012 3", kbli_code="56-104", kbli_scheme="2020")
    (business,) = queries.businesses_of(citizen, at=clock.now())
    assert (business.nib, business.kbli_scheme, business.kbli_code) == ("1234567890123", "2020", "56104")


def test_a_code_without_its_edition_is_read_by_the_newest(reader: Client, citizen: User) -> None:
    enter(reader, kbli_code="56104")
    assert queries.businesses_of(citizen, at=clock.now())[0].kbli_scheme == "2025"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("nib", "12345", "An NIB has 13 digits"),
        ("nib", "12345678901ab", "An NIB has 13 digits"),
        ("kbli_code", "561", "A KBLI code has 5 digits"),
        ("name", "", "Type the name of the business"),
        ("name", "x" * 200, "Shorten this to at most 150 characters"),
        ("address", "x" * 10_000, "Shorten this to at most 300 characters"),
        ("district", "99.99", "Choose the district from the list"),
        ("district", "", "Choose the district from the list"),
        ("legal_form", "EMPIRE", "Choose what kind of business it is"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    reader: Client, field: str, value: str, said: str
) -> None:
    page = enter(reader, **{field: value})
    assert said in page
    assert 'value="Jl. Tunjungan 1"' in page or field == "address"
    assert Business.objects.count() == 0


def test_a_script_in_the_name_is_shown_and_never_run(reader: Client) -> None:
    page = enter(reader, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_another_business_s_number_is_refused_in_plain_words(reader: Client, citizen2: User) -> None:
    licensing.business(citizen2, name="PT Lain", nib=licensing.NIB)
    page = enter(reader, nib=licensing.NIB)
    assert "This NIB belongs to a business that is registered here already" in page
    assert "PT Lain" not in page
    assert Business.objects.count() == 1


def test_a_business_keeps_its_own_number_when_it_is_changed(citizen: User) -> None:
    business = licensing.business(citizen, nib=licensing.NIB)
    changed = operations.change_business(
        business,
        licensing.facts(name="Bakso Slamet Jaya", nib=licensing.NIB),
        actor=actors.acting(citizen),
        at=clock.now(),
    )
    assert changed.name == "Bakso Slamet Jaya"
    event = audit.events_of(Subject("business", str(business.pk)))[-1]
    assert (event.action, event.details) == ("licensing.business.changed", {"fields": ["name"]})


def test_nothing_is_recorded_where_nothing_changed(citizen: User) -> None:
    business = licensing.business(citizen)
    operations.change_business(business, licensing.facts(), actor=actors.acting(citizen), at=clock.now())
    actions = [event.action for event in audit.events_of(Subject("business", str(business.pk)))]
    assert actions == ["licensing.business.registered"]


def test_with_one_person_nothing_of_several_people_is_shown(reader: Client, citizen: User) -> None:
    business = licensing.business(citizen)
    page = reader.get(f"/licensing/businesses/{business.pk}/").content.decode()
    assert "Who acts for it" not in page
    assert "Invite" not in page


@pytest.mark.parametrize("place", ["", "change/", "people/"])
def test_another_person_s_business_is_not_there(
    client: Client, citizen2: User, stranger: User, place: str
) -> None:
    business = licensing.business(citizen2)
    client.force_login(stranger)
    assert client.get(f"/licensing/businesses/{business.pk}/{place}").status_code == 404
    assert client.post(f"/licensing/businesses/{business.pk}/{place}", FIELDS).status_code in {404, 405}


def test_a_business_that_never_was_is_not_there_either(reader: Client) -> None:
    assert reader.get(f"/licensing/businesses/{uuid4()}/").status_code == 404


def test_the_list_says_what_to_do_where_there_is_none(reader: Client) -> None:
    page = reader.get("/licensing/businesses/").content.decode()
    assert "No business yet" in page
    assert "Enter a business" in page


def test_the_page_is_in_the_reader_s_language(client: Client, citizen: User) -> None:
    choose_language(citizen, language="id")
    client.force_login(citizen)
    assert "Usaha saya" in client.get("/licensing/businesses/").content.decode()

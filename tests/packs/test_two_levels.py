"""A province has two levels of districts: people choose the smallest, and read where it lies."""

from datetime import date
from random import Random
from typing import Any

import pytest
from django.test import Client

from portal.demo.people import invented_nik
from services.accounts.forms.persons import DetailsForm
from services.accounts.models import User
from services.applications.forms import GroupForm
from services.applications.kinds import Surroundings
from services.catalogue.answers import in_words
from services.foundation.identity import parse_nik
from services.government import queries
from tests.factories import accounts, government
from tests.factories.applications import group, question

pytestmark = pytest.mark.django_db
CITY = ("Kota Bengkulu", [("17.71.01", "Selebar"), ("17.71.09", "Singaran Pati")])


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    government.two_levels()


@pytest.fixture
def person() -> User:
    return accounts.signed_up("Rosna Dewi")


def test_a_regency_whose_kecamatan_are_known_is_only_a_heading() -> None:
    assert queries.district_choices() == [("17.04", "Kabupaten Kaur"), CITY]
    assert [one.code for one in queries.smallest_districts()] == ["17.04", "17.71.01", "17.71.09"]


def answer(code: str) -> tuple[GroupForm, str]:
    asked = question("home", "address")
    around = Surroundings(districts=queries.district_choices())
    sent = {"q-home__street": "Jalan Merdeka 3", "q-home__district": code}
    form = GroupForm(group(asked.model_dump()), kept={}, known={}, around=around, data=sent)
    form.full_clean()
    return form, in_words(asked, form.answers["home"]) if form.is_valid() else ""


def test_an_address_names_the_kecamatan_and_its_city() -> None:
    assert answer("17.71.01")[1] == "Jalan Merdeka 3\nKecamatan Selebar, Kota Bengkulu"


def test_an_address_in_a_regency_alone_names_the_regency() -> None:
    assert answer("17.04")[1] == "Jalan Merdeka 3\nKabupaten Kaur"


def test_nobody_lives_in_a_heading() -> None:
    form, _words = answer("17.71")
    assert "home__district" in form.errors


def test_a_service_of_one_city_takes_addresses_of_that_city_alone() -> None:
    around = Surroundings(districts=queries.district_choices())
    asked = question("home", "address", within="17.71")
    form = GroupForm(group(asked.model_dump()), kept={}, known={}, around=around)
    district: Any = form.fields["home__district"]
    choices = [code for code, _name in district.choices]
    assert choices == ["", "17.71.01", "17.71.09"]
    sent = {"q-home__street": "Jalan Merdeka 3", "q-home__district": "17.71.01"}
    filled = GroupForm(group(asked.model_dump()), kept={}, known={}, around=around, data=sent)
    assert filled.is_valid()
    assert filled.answers["home"]["district_name"] == "Selebar, Kota Bengkulu"


def test_nothing_but_an_address_lies_within_a_regency() -> None:
    with pytest.raises(ValueError, match="within: for an address only"):
        question("home", "text", within="17.71")


def test_the_list_of_an_address_says_that_it_has_regencies() -> None:
    form, _words = answer("17.04")
    assert form.fields["home__district"].label == "Kabupaten/kota dan kecamatan"
    assert '<optgroup label="Kota Bengkulu">' in str(form["home__district"])


def test_a_person_chooses_a_district_of_their_own(person: User, client: Client) -> None:
    client.force_login(person)
    client.post("/account/details/", {"name": "Rosna Dewi", "district": "17.71.09"})
    person.person.refresh_from_db()
    assert person.person.district == queries.district_by_code("17.71.09")
    page = client.get("/account/details/").content.decode()
    assert '<option value="17.71.09" selected>Singaran Pati</option>' in page
    assert "Singaran Pati, Kota Bengkulu" in client.get("/account/profile/").content.decode()


def test_a_person_cannot_live_in_a_heading(person: User) -> None:
    form = DetailsForm({"name": "Rosna Dewi", "district": "17.71"}, person=person.person)
    assert "district" in form.errors


@pytest.mark.parametrize(("code", "region"), [("17.71.09", "17.71.09"), ("17.04", "17.04.01")])
def test_an_invented_nik_is_of_the_district(code: str, region: str) -> None:
    nik = invented_nik(queries.district_by_code(code), date(1990, 2, 15), Random(1))  # noqa: S311 (invented data)
    assert parse_nik(nik).region == region

"""Whom a person can ask: the office's own contact, or the help desk's where it has none."""

import pytest
from django.utils import translation

from services.government import queries
from tests.factories import accounts, government

pytestmark = pytest.mark.django_db


def test_an_office_is_reached_under_its_own_name_and_number() -> None:
    government.surabaya()
    with translation.override("en"):
        contact = queries.office_contact(queries.agency_by_code("dishub"))
    assert contact.name == "Transport Office"
    assert contact.phone_link == "tel:0315550120"
    assert contact.whatsapp_link == "https://wa.me/6281130000120"
    assert contact.lines[0].startswith("Monday to Thursday")


def test_without_an_office_the_help_desk_answers() -> None:
    government.surabaya()
    with translation.override("id"):
        contact = queries.office_contact()
    assert (contact.name, contact.phone) == ("Pemerintah Kota Surabaya", "112")


def test_what_an_office_does_not_have_it_takes_from_the_help_desk() -> None:
    government.surabaya()
    assert (
        queries.office_contact(queries.agency_by_code("bapenda")).whatsapp
        == queries.office_contact().whatsapp
    )


def test_the_commission_speaks_only_for_itself() -> None:
    government.surabaya()
    assert queries.office_contact(queries.agency_by_code("kpk")).lines == []


def test_before_a_pack_is_loaded_nobody_can_be_named_and_nothing_breaks() -> None:
    contact = queries.office_contact(accounts.agency("dpmptsp"))
    assert (contact.name, contact.phone_link, contact.whatsapp_link) == ("", "", "")


def test_the_watchers_are_the_inspectorate_and_then_the_commission() -> None:
    government.surabaya()
    with translation.override("id"):
        names = [office.name for office in queries.watchers()]
    assert names == ["Inspektorat Kota Surabaya", "Komisi Pemberantasan Korupsi"]

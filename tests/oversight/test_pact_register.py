"""Everybody reads who signed the integrity pact, office by office, and how many have not yet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from oversight.views import pact as view
from services.accounts.models import Hat, User
from services.foundation import clock
from services.integrity.models import PactSignature
from tests.factories import accounts

PAGE = "/transparency/pact/"


def words(client: Client, address: str = PAGE) -> str:
    client.cookies["django_language"] = "en"
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


@pytest.fixture
def newcomer(db: None) -> User:
    """Somebody of intake who has not signed."""
    user = accounts.signed_up("Baru Masuk")
    accounts.unsigned(user, Hat.INTAKE)
    return user


def test_signatories_stand_with_office_hat_day_and_version(
    client: Client, intake: User, foreign_intake: User, newcomer: User
) -> None:
    page = words(client)
    assert "2 of 3 people have signed. 1 has not signed for every hat yet." in page
    assert "Wulan Intake Office dpmptsp Intake officer" in page
    assert "Yuni Intake Office dishub Intake officer" in page
    assert str(clock.today().year) in page
    assert "Baru Masuk" not in page
    assert "Office dpmptsp 2 1 1" in page


def test_the_register_of_one_office(client: Client, intake: User, foreign_intake: User) -> None:
    page = words(client, f"{PAGE}?office=dishub")
    assert "Yuni Intake" in page
    assert "Wulan Intake" not in page


@pytest.mark.parametrize("address", [f"{PAGE}?office=nowhere", f"{PAGE}?after=broken"])
def test_what_is_not_there_shows_everybody(client: Client, intake: User, address: str) -> None:
    assert "Wulan Intake" in words(client, address)


def test_before_anybody_is_in_office_the_page_says_so(client: Client, db: None) -> None:
    assert "Nobody is in office yet" in words(client)


def test_whose_hat_ended_or_who_left_stands_there_no_longer(
    client: Client, intake: User, reviewer: User
) -> None:
    intake.is_active = False
    intake.save(update_fields=["is_active"])
    assert PactSignature.objects.filter(membership__user=intake).exists()
    assert "Wulan Intake" not in words(client)


def test_page_by_page_everybody_stands_once(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE_SIZE", 2)
    names = [f"Petugas{letter} Uji" for letter in "ABCDE"]
    for name in names:
        accounts.officer(name, Hat.INTAKE)
    found, address = "", PAGE
    for _page in range(3):
        answer = client.get(address)
        found += answer.content.decode()
        address = f"{PAGE}{answer.context['next_url']}"
    assert [found.count(name) for name in names] == [1] * 5
    assert address == PAGE


def test_a_fixed_number_of_queries(
    client: Client, intake: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    words(client)
    with django_assert_num_queries(7):
        client.get(PAGE)
    for name in ("Satu Uji", "Dua Uji", "Tiga Uji"):
        accounts.officer(name, Hat.REVIEWER, agency_code="dishub")
    with django_assert_num_queries(7):
        client.get(PAGE)


def test_the_transparency_page_leads_there(client: Client, db: None) -> None:
    assert PAGE in client.get("/transparency/").content.decode()

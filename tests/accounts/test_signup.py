"""Signing up by phone or by e-mail; either suffices."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from services.accounts import operations, queries
from services.accounts.models import User
from services.foundation import clock
from tests.accounts.messages import last_code, sent
from tests.accounts.pages import landed
from tests.factories import accounts

SIGNUP = "/account/signup/"
VERIFY_PHONE = "/account/phone/verify/"
VERIFY_EMAIL = "/account/confirm-email/"
PHONE = "+6281234567890"
OTHER_PASSWORD = "sapu-lidi-hijau-7"

pytestmark = pytest.mark.django_db


def sign_up(client: Client, contact: str, password: str = accounts.PASSWORD, **more: str) -> Any:
    return client.post(SIGNUP, {"contact": contact, "password1": password, **more})


def wait_for_the_next_code() -> None:
    """Half a minute must pass between two codes to one number."""
    cache.clear()


def test_a_citizen_without_email_signs_up_by_phone(client: Client) -> None:
    assert landed(sign_up(client, "0812 3456 7890")) == VERIFY_PHONE
    assert sent()[-1]["to"] == PHONE
    assert landed(client.post(VERIFY_PHONE, {"code": f" {last_code()} "})) == "/account/details/"
    assert landed(client.post("/account/details/", {"name": "Siti  Aminah"})) == "/account/profile/"
    user = User.objects.get(phone=PHONE)
    assert user.phone_verified_at
    assert not user.email
    assert user.person.name == "Siti Aminah"
    assert "Siti Aminah" in client.get("/account/profile/").content.decode()


def test_somebody_without_a_phone_signs_up_by_email(client: Client) -> None:
    assert landed(sign_up(client, "Siti@Contoh.id")) == VERIFY_EMAIL
    mail = sent()[-1]
    assert mail["to"] == "siti@contoh.id"
    assert last_code() in mail["html"]
    assert landed(client.post(VERIFY_EMAIL, {"code": last_code()})) == "/account/details/"
    user = User.objects.get(email="siti@contoh.id")
    assert not user.phone
    assert queries.verified_email_of(user) == "siti@contoh.id"


def test_the_page_they_were_going_to_comes_after_their_name(client: Client) -> None:
    sign_up(client, PHONE, next="/notifications/")
    assert landed(client.post(VERIFY_PHONE, {"code": last_code()})) == "/notifications/"
    first = client.get("/notifications/")
    assert landed(first) == "/account/details/?next=%2Fnotifications%2F"
    assert (
        landed(client.post(landed(first), {"name": "Siti", "next": "/notifications/"})) == "/notifications/"
    )


def test_a_page_elsewhere_is_not_followed(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    response = client.post("/account/details/", {"name": "Siti", "next": "https://elsewhere.example/"})
    assert landed(response) == "/account/profile/"


def test_messages_come_in_the_language_of_the_page(client: Client) -> None:
    sign_up(Client(headers={"accept-language": "en"}), PHONE)
    assert "your code is" in sent()[-1]["text"]
    assert User.objects.get(phone=PHONE).language == "en"


@pytest.mark.parametrize("contact", [PHONE, "siti@contoh.id"])
def test_a_known_number_or_address_looks_like_an_unknown_one(contact: str) -> None:
    is_phone = contact == PHONE
    accounts.signed_up("Siti Aminah", phone=contact if is_phone else "", email="" if is_phone else contact)
    unknown = "+6281299998888" if is_phone else "budi@contoh.id"
    pages = []
    for each in (contact, unknown):
        client = Client()
        door = sign_up(client, each)
        page = client.get(landed(door)).content.decode().replace(each, "…")
        wrong = client.post(landed(door), {"code": "000000"}).content.decode().replace(each, "…")
        pages.append((door.status_code, landed(door), without_tokens(page), without_tokens(wrong)))
    assert pages[0] == pages[1]


def without_tokens(page: str) -> str:
    return "\n".join(
        line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "nonce" not in line
    )


def test_the_holder_of_a_known_number_is_told_that_they_have_an_account(client: Client) -> None:
    accounts.signed_up("Siti Aminah", phone=PHONE)
    sign_up(client, PHONE)
    assert "/account/login/" in sent()[-1]["text"]
    assert User.objects.filter(phone=PHONE).count() == 1


def test_a_sign_up_that_nobody_confirmed_is_begun_anew_with_the_new_password(client: Client) -> None:
    sign_up(client, PHONE, OTHER_PASSWORD)
    wait_for_the_next_code()
    owner = Client()
    sign_up(owner, PHONE)
    assert landed(owner.post(VERIFY_PHONE, {"code": last_code()})) == "/account/details/"
    user = User.objects.get(phone=PHONE)
    assert user.check_password(accounts.PASSWORD)
    assert not user.check_password(OTHER_PASSWORD)


def test_whoever_lay_in_wait_cannot_confirm_afterwards(client: Client) -> None:
    sign_up(client, PHONE, OTHER_PASSWORD)
    first_code = last_code()
    wait_for_the_next_code()
    owner = Client()
    sign_up(owner, PHONE)
    owner.post(VERIFY_PHONE, {"code": last_code()})
    client.post(VERIFY_PHONE, {"code": first_code})
    assert User.objects.get(phone=PHONE).check_password(accounts.PASSWORD)


def test_an_address_that_nobody_confirmed_is_begun_anew(client: Client) -> None:
    sign_up(client, "siti@contoh.id", OTHER_PASSWORD)
    wait_for_the_next_code()
    owner = Client()
    sign_up(owner, "siti@contoh.id")
    assert landed(owner.post(VERIFY_EMAIL, {"code": last_code()})) == "/account/details/"
    assert User.objects.get(email="siti@contoh.id").check_password(accounts.PASSWORD)


def test_the_code_is_sent_again_but_not_at_once(client: Client) -> None:
    sign_up(client, PHONE)
    first = last_code()
    client.post(VERIFY_PHONE, {"action": "resend"}, follow=True)
    assert len(sent()) == 1
    wait_for_the_next_code()
    client.post(VERIFY_PHONE, {"action": "resend"})
    assert len(sent()) == 2
    assert (
        landed(client.post(VERIFY_PHONE, {"code": last_code()})) == "/account/details/"
        or first == last_code()
    )


def test_the_code_is_sent_four_times_at_most(client: Client) -> None:
    sign_up(client, PHONE)
    for _time in range(5):
        wait_for_the_next_code()
        client.post(VERIFY_PHONE, {"action": "resend"})
    assert len(sent()) == 4


def test_a_code_still_works_after_fourteen_minutes(client: Client) -> None:
    sign_up(client, PHONE)
    code = last_code()
    with time_machine.travel(clock.now() + timedelta(minutes=14)):
        assert landed(client.post(VERIFY_PHONE, {"code": code})) == "/account/details/"


def test_after_sixteen_minutes_it_is_over_and_the_page_says_so(client: Client) -> None:
    sign_up(client, PHONE)
    code = last_code()
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        response = client.post(VERIFY_PHONE, {"code": code}, follow=True)
    assert response.redirect_chain[0][0] == "/account/login/"
    assert len(response.context["messages"]) == 1


def test_five_wrong_codes_end_the_waiting(client: Client) -> None:
    sign_up(client, PHONE)
    code = last_code()
    for _time in range(5):
        client.post(VERIFY_PHONE, {"code": "000000" if code != "000 000" else "111111"})
    assert landed(client.post(VERIFY_PHONE, {"code": code})) == "/account/login/"
    assert not User.objects.get(phone=PHONE).phone_verified_at


def test_a_wrong_code_is_said_beside_the_field(client: Client) -> None:
    sign_up(client, PHONE)
    for code in ("12", "000000"):
        response = client.post(VERIFY_PHONE, {"code": code})
        assert response.context["form"].errors["code"]
        assert f'value="{code}"' in response.content.decode()


def test_the_page_says_what_to_do_when_the_code_does_not_come(client: Client) -> None:
    sign_up(client, PHONE)
    page = client.get(VERIFY_PHONE).content.decode()
    assert 'id="no-code"' in page
    assert 'name="action" value="resend"' in page
    assert landed(client.post("/account/start-again/", {"door": "signup"})) == SIGNUP
    assert client.get(SIGNUP).status_code == 200


@pytest.mark.parametrize("contact", ["", "12345", "siti@", "@contoh.id", "siti", "0812-abc"])
def test_what_is_neither_number_nor_address_is_explained_and_kept(client: Client, contact: str) -> None:
    response = sign_up(client, contact)
    assert response.status_code == 200
    assert response.context["form"].errors["contact"]
    assert f'value="{contact}"' in response.content.decode() or not contact


@pytest.mark.parametrize("password", ["", "pendek", "1234567890", "password12"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    response = sign_up(client, PHONE, password)
    assert response.status_code == 200
    assert response.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_a_name_needs_letters(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    response = client.post("/account/details/", {"name": "12345"})
    assert response.context["form"].errors["name"]


def test_stale_sign_ups_are_discarded_and_confirmed_ones_stay(client: Client, citizen: User) -> None:
    sign_up(client, PHONE)
    clock.move(timedelta(days=6))
    assert operations.discard_stale_signups(at=clock.now()) == 0
    clock.move(timedelta(days=2))
    assert operations.discard_stale_signups(at=clock.now()) == 1
    assert list(User.objects.values_list("pk", flat=True)) == [citizen.pk]

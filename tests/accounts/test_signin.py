"""Signing in by phone or e-mail, with a password or a code; a new password after a code."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from services.accounts.models import User
from tests.accounts.messages import last_code, sent
from tests.accounts.pages import landed
from tests.factories import accounts

LOGIN = "/account/login/"
REQUEST_CODE = "/account/login/code/"
CONFIRM_CODE = "/account/login/code/confirm/"
RESET = "/account/password/reset/"
CONFIRM_RESET = "/account/password/reset/confirm/"
COMPLETE_RESET = "/account/password/reset/complete/"
PHONE = "+6281234567890"
EMAIL = "siti@contoh.id"
NEW_PASSWORD = "sapu-lidi-hijau-7"

pytestmark = pytest.mark.django_db


@pytest.fixture
def siti() -> User:
    return accounts.signed_up("Siti Aminah", phone=PHONE, email=EMAIL)


def sign_in(client: Client, login: str, password: str = accounts.PASSWORD) -> Any:
    return client.post(LOGIN, {"login": login, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login", ["081234567890", "+62 812-3456-7890", "6281234567890", EMAIL, "SITI@contoh.ID "]
)
def test_one_signs_in_by_number_or_address_however_it_is_written(
    client: Client, siti: User, login: str
) -> None:
    assert landed(sign_in(client, login)) == "/"
    assert is_signed_in(client)


@pytest.mark.parametrize("login", [PHONE, EMAIL, "+6281200000000", "nobody@contoh.id"])
def test_a_wrong_password_reads_the_same_for_everybody(client: Client, siti: User, login: str) -> None:
    response = sign_in(client, login, "wrong-password")
    assert response.status_code == 200
    message = str(response.context["form"].non_field_errors())
    assert "kode" in message or "code" in message
    assert not is_signed_in(client)


def test_failed_tries_are_counted_by_account_and_do_not_lock_the_others(client: Client, siti: User) -> None:
    accounts.signed_up("Budi", phone="+6281200000001")
    for _time in range(10):
        sign_in(client, PHONE, "wrong-password")
    assert sign_in(client, PHONE).status_code == 200
    assert landed(sign_in(Client(), "+6281200000001")) == "/"


def test_an_unconfirmed_login_goes_as_far_as_the_code(client: Client) -> None:
    client.post("/account/signup/", {"contact": PHONE, "password1": accounts.PASSWORD})
    cache.clear()
    later = Client()
    assert landed(sign_in(later, PHONE)) == "/account/phone/verify/"
    assert not is_signed_in(later)
    later.post("/account/phone/verify/", {"code": last_code()})
    assert is_signed_in(later)


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
def test_one_signs_in_by_a_code(client: Client, siti: User, contact: str) -> None:
    assert landed(client.post(REQUEST_CODE, {"contact": contact})) == CONFIRM_CODE
    assert sent()[-1]["to"] == contact
    assert landed(client.post(CONFIRM_CODE, {"code": last_code()})) == "/"
    assert is_signed_in(client)


@pytest.mark.parametrize("contact", ["+6281200000000", "nobody@contoh.id"])
def test_asking_for_a_code_tells_nobody_whether_there_is_an_account(
    client: Client, siti: User, contact: str
) -> None:
    assert landed(client.post(REQUEST_CODE, {"contact": contact})) == CONFIRM_CODE
    page = client.get(CONFIRM_CODE)
    assert page.status_code == 200
    assert sent()[-1]["to"] == contact
    assert "/account/signup/" in sent()[-1]["text"]


def test_codes_are_limited_to_five_an_hour(client: Client, siti: User) -> None:
    for _time in range(5):
        assert Client().post(REQUEST_CODE, {"contact": PHONE}).status_code == 302
    response = client.post(REQUEST_CODE, {"contact": PHONE})
    assert response.context["form"].errors["contact"]
    assert len(sent()) == 5


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
def test_a_new_password_is_chosen_after_a_code(client: Client, siti: User, contact: str) -> None:
    elsewhere = Client()
    sign_in(elsewhere, PHONE)
    assert landed(client.post(RESET, {"contact": contact})) == CONFIRM_RESET
    assert sent()[-1]["to"] == contact
    assert contact in client.get(CONFIRM_RESET).content.decode()
    assert landed(client.post(CONFIRM_RESET, {"code": last_code()})) == COMPLETE_RESET
    assert client.get(COMPLETE_RESET).status_code == 200
    assert landed(client.post(COMPLETE_RESET, {"password1": NEW_PASSWORD})) == "/"
    siti.refresh_from_db()
    assert siti.check_password(NEW_PASSWORD)
    assert is_signed_in(client)
    assert elsewhere.get("/account/profile/").status_code == 302


def test_no_password_is_reset_for_a_stranger(client: Client) -> None:
    assert landed(client.post(RESET, {"contact": "+6281200000000"})) == CONFIRM_RESET
    response = client.post(CONFIRM_RESET, {"code": "000000"})
    assert response.context["form"].errors["code"]


def test_a_closed_account_lets_nobody_in(client: Client, siti: User) -> None:
    User.objects.filter(pk=siti.pk).update(is_active=False)
    assert landed(sign_in(client, PHONE)) == "/account/inactive/"
    assert client.get("/account/inactive/").status_code == 200
    assert not is_signed_in(client)


def test_limits_count_by_the_address_that_our_proxy_saw(
    client: Client, siti: User, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.post(
        LOGIN,
        {"login": PHONE, "password": accounts.PASSWORD},
        headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"},
        REMOTE_ADDR="10.0.0.1",
    )
    assert (
        "198.51.100.7"
        in client.get(
            "/account/sessions/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"}
        ).content.decode()
    )


def test_sessions_are_listed_and_ended_elsewhere(client: Client, siti: User) -> None:
    elsewhere = Client(
        headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/90.0 Mobile Safari/537.36"}
    )
    sign_in(elsewhere, PHONE)
    sign_in(client, PHONE)
    page = client.get("/account/sessions/").content.decode()
    assert "Chrome" in page
    assert "Android" in page
    client.post("/account/sessions/")
    assert elsewhere.get("/account/profile/").status_code == 302
    assert client.get("/account/profile/").status_code == 200


def test_signing_out_needs_a_press(client: Client, siti: User) -> None:
    sign_in(client, PHONE)
    assert client.get("/account/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_the_users_language_wins_over_the_browsers(client: Client, siti: User) -> None:
    client.force_login(siti)
    page = client.get("/account/profile/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "id"
    client.post("/language/", {"language": "en", "next": "/account/profile/"})
    siti.refresh_from_db()
    assert siti.language == "en"
    assert client.get("/account/profile/").headers["Content-Language"] == "en"


def test_a_language_chosen_on_the_way_in_counts_for_this_person_and_not_for_the_next(
    client: Client, siti: User
) -> None:
    next_one = accounts.signed_up("Ratna Dewi", phone="+6281300000001")
    assert (siti.language, next_one.language) == ("id", "id")
    client.post("/language/", {"language": "en", "next": "/"})
    sign_in(client, EMAIL)

    page = client.get("/account/profile/")

    assert page.headers["Content-Language"] == "en"
    siti.refresh_from_db()
    assert siti.language == "en"

    client.post("/account/logout/")
    sign_in(client, "+6281300000001")
    client.get("/account/profile/")
    next_one.refresh_from_db()
    assert next_one.language == "id"

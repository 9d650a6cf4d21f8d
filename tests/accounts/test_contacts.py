"""Changing the phone number or the e-mail address of an account."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from services.accounts import queries
from services.accounts.actors import subject_of
from services.accounts.models import User
from services.audit import queries as record
from tests.accounts.messages import last_code, sent
from tests.accounts.pages import landed
from tests.factories import accounts

PHONE = "/account/phone/change/"
VERIFY = "/account/phone/verify/"
EMAIL = "/account/email/"
CONFIRM = "/account/confirm-email/"
NEW_PHONE = "+6281299990000"


@pytest.fixture
def own(client: Client, citizen: User) -> Client:
    """The citizen, who has typed their password a moment ago."""
    client.force_login(citizen)
    client.post("/account/reauthenticate/", {"password": accounts.PASSWORD})
    return client


@pytest.mark.parametrize(
    ("address", "data"), [(PHONE, {"phone": NEW_PHONE}), (EMAIL, {"email": "a@contoh.id", "action_add": "1"})]
)
def test_the_password_is_asked_for_first(
    client: Client, citizen: User, address: str, data: dict[str, str]
) -> None:
    client.force_login(citizen)
    assert landed(client.post(address, data)).startswith("/account/reauthenticate/")
    assert not sent()


def test_the_old_number_stays_until_the_code_is_typed(own: Client, citizen: User) -> None:
    old = citizen.phone
    assert landed(own.post(PHONE, {"phone": "0812 9999 0000"})) == VERIFY
    citizen.refresh_from_db()
    assert citizen.phone == old
    assert sent()[-1]["to"] == NEW_PHONE
    own.post(VERIFY, {"code": last_code()})
    citizen.refresh_from_db()
    assert citizen.phone == NEW_PHONE


def test_the_old_number_is_told(own: Client, citizen: User) -> None:
    old = citizen.phone
    own.post(PHONE, {"phone": NEW_PHONE})
    own.post(VERIFY, {"code": last_code()})
    assert sent()[-1]["to"] == old
    assert "accounts.phone.confirmed" in [event.action for event in record.events_of(subject_of(citizen))]


def test_a_number_that_another_account_confirmed_is_not_taken(
    own: Client, citizen: User, citizen2: User
) -> None:
    own.post(PHONE, {"phone": citizen2.phone or ""})
    response = own.post(VERIFY, {"code": last_code()})
    assert response.context["form"].errors["code"]
    citizen.refresh_from_db()
    assert citizen.phone != citizen2.phone


def test_a_number_that_nobody_confirmed_is_free(own: Client, citizen: User) -> None:
    Client().post("/account/signup/", {"contact": NEW_PHONE, "password1": accounts.PASSWORD})
    cache.clear()
    own.post(PHONE, {"phone": NEW_PHONE})
    own.post(VERIFY, {"code": last_code()})
    citizen.refresh_from_db()
    assert citizen.phone == NEW_PHONE


def test_an_address_is_confirmed_and_replaces_the_old_one(own: Client, citizen: User) -> None:
    old = citizen.email
    assert landed(own.post(EMAIL, {"email": "Baru@contoh.id", "action_add": "1"})) == CONFIRM
    assert queries.verified_email_of(citizen) == old
    own.post(CONFIRM, {"code": last_code()})
    assert queries.verified_email_of(citizen) == "baru@contoh.id"
    assert EmailAddress.objects.filter(user=citizen).count() == 1
    assert sent()[-1]["to"] == old


def test_an_address_that_another_account_confirmed_is_not_taken(
    own: Client, citizen: User, citizen2: User
) -> None:
    own.post(EMAIL, {"email": citizen2.email or "", "action_add": "1"})
    response = own.post(CONFIRM, {"code": last_code()})
    assert response.context["form"].errors["code"]


def test_an_address_that_nobody_confirmed_is_free(own: Client, citizen: User) -> None:
    Client().post("/account/signup/", {"contact": "baru@contoh.id", "password1": accounts.PASSWORD})
    cache.clear()
    own.post(EMAIL, {"email": "baru@contoh.id", "action_add": "1"})
    own.post(CONFIRM, {"code": last_code()})
    assert queries.verified_email_of(citizen) == "baru@contoh.id"


def test_the_address_may_go_where_a_confirmed_phone_remains(own: Client, citizen: User) -> None:
    own.post(EMAIL, {"email": citizen.email or "", "action_remove": "1"})
    assert queries.verified_email_of(citizen) == ""


def test_the_last_way_in_stays(client: Client, db: None) -> None:
    user = accounts.signed_up("Siti", email="siti@contoh.id")
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": accounts.PASSWORD})
    client.post(EMAIL, {"email": "siti@contoh.id", "action_remove": "1"})
    assert queries.verified_email_of(user) == "siti@contoh.id"


def test_a_change_of_password_is_told_by_sms_to_whoever_has_no_email(client: Client, db: None) -> None:
    user = accounts.signed_up("Siti", phone=NEW_PHONE)
    client.force_login(user)
    response = client.post(
        "/account/password/change/", {"oldpassword": accounts.PASSWORD, "password1": "sapu-lidi-hijau-7"}
    )
    assert response.status_code == 302
    assert sent()[-1]["to"] == NEW_PHONE
    assert "accounts.password.changed" in [event.action for event in record.events_of(subject_of(user))]


@pytest.mark.parametrize(
    "address",
    [
        "/account/profile/",
        "/account/details/",
        "/account/language/",
        "/account/claim/",
        "/account/2fa/",
        "/account/sessions/",
        "/account/password/change/",
        PHONE,
        EMAIL,
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pages_about_oneself_are_there_in_both_languages(
    own: Client, citizen: User, address: str, language: str
) -> None:
    User.objects.filter(pk=citizen.pk).update(language=language)
    response = own.get(address)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_the_language_is_kept_on_the_account(own: Client, citizen: User) -> None:
    assert landed(own.post("/account/language/", {"language": "en"})) == "/account/profile/"
    citizen.refresh_from_db()
    assert citizen.language == "en"
    assert own.post("/account/language/", {"language": "xx"}).context["form"].errors["language"]

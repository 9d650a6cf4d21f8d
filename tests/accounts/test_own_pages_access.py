"""The pages about oneself show oneself, and nobody who is not signed in."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from services.accounts.models import User
from tests.accounts.pages import landed

OWN_PAGES = [
    "/account/",
    "/account/profile/",
    "/account/details/",
    "/account/language/",
    "/account/claim/",
    "/account/email/",
    "/account/phone/change/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/recovery-codes/",
    "/account/sessions/",
    "/account/reauthenticate/",
]


@pytest.mark.parametrize("address", OWN_PAGES)
def test_the_anonymous_are_asked_to_sign_in(client: Client, db: None, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert landed(response).startswith("/account/login/?next=")


@pytest.mark.parametrize(
    "address", ["/account/login/", "/account/signup/", "/account/login/code/", "/account/password/reset/"]
)
def test_the_doors_are_open_to_everybody(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 200


def test_what_every_page_asks_of_its_reader_is_one_query(
    client: Client, reviewer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(reviewer)
    client.get("/account/language/")
    with django_assert_num_queries(1) as asked:
        client.get("/admin/password_change/")
    assert "accounts_user" in asked.captured_queries[0]["sql"]


def test_whoever_is_signed_in_passes_the_doors(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    assert landed(client.get("/account/login/")) == "/"
    assert client.get("/account/signup/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/account/phone/verify/",
        "/account/confirm-email/",
        "/account/login/code/confirm/",
        "/account/password/reset/confirm/",
        "/account/password/reset/complete/",
        "/account/2fa/authenticate/",
    ],
)
def test_a_page_that_waits_for_a_code_is_nobodys_without_one(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 302

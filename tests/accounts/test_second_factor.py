"""Staff set up a second factor before anything else; what it is made of is sealed."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from services.accounts.actors import subject_of
from services.accounts.models import Hat, User
from services.accounts.templatetags.accounts import in_groups
from services.audit import queries as record
from tests.accounts.messages import last_code, sent
from tests.accounts.pages import landed
from tests.factories import accounts

ACTIVATE = "/account/2fa/totp/activate/"


@pytest.fixture
def newcomer(db: None) -> User:
    """A reviewer who has not set up a second factor yet."""
    user = accounts.signed_up("Baru Penelaah")
    accounts.wearing(user, Hat.REVIEWER)
    return user


def sign_in(client: Client, user: User) -> Any:
    return client.post("/account/login/", {"login": user.phone, "password": accounts.PASSWORD})


@pytest.mark.parametrize(
    "address", ["/", "/admin/", "/account/profile/", "/account/details/", "/notifications/"]
)
def test_staff_without_one_see_no_other_page(client: Client, newcomer: User, address: str) -> None:
    client.force_login(newcomer)
    response = client.get(address)
    assert response.status_code == 302
    assert landed(response).startswith(ACTIVATE)


def test_nor_can_they_post_anywhere(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    assert landed(client.post("/account/details/", {"name": "Other"})).startswith(ACTIVATE)
    assert newcomer.person.name == "Baru Penelaah"


def test_a_newcomer_sets_one_up_and_then_works(
    client: Client, newcomer: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, newcomer)
    assert landed(client.get(ACTIVATE)).startswith("/account/reauthenticate/")
    client.post(f"/account/reauthenticate/?next={ACTIVATE}", {"password": accounts.PASSWORD})
    page = client.get(ACTIVATE)
    assert in_groups(page.context["form"].secret) in page.content.decode()
    code = accounts.code_of_app(page.context["form"].secret)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(ACTIVATE, {"code": f"{code[:3]} {code[3:]}"})
    assert landed(done) == "/account/2fa/recovery-codes/"
    assert client.get("/account/2fa/recovery-codes/").status_code == 200
    assert client.get("/account/profile/").status_code == 200
    assert newcomer.email == sent()[-1]["to"]
    actions = [event.action for event in record.events_of(subject_of(newcomer))]
    assert actions == ["accounts.user.signed_in", "accounts.totp.activated"]


def test_a_citizen_needs_none(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    assert client.get("/account/profile/").status_code == 200


def test_an_officer_gives_the_code_after_the_password(client: Client, reviewer: User) -> None:
    assert landed(sign_in(client, reviewer)) == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.context["form"].errors["code"]
    entered = client.post("/account/2fa/authenticate/", {"code": accounts.code_of_app()})
    assert entered["Location"] == "/admin/"
    assert client.session["_auth_user_id"] == str(reviewer.pk)
    assert client.session.get_expiry_age() <= 12 * 3600


def test_an_officer_who_signs_in_by_a_code_gives_the_second_factor_too(
    client: Client, reviewer: User
) -> None:
    client.post("/account/login/code/", {"contact": reviewer.phone})
    response = client.post("/account/login/code/confirm/", {"code": last_code()})
    assert landed(response) == "/account/2fa/authenticate/"


def test_a_recovery_code_stands_in_once(client: Client, reviewer: User) -> None:
    client.force_login(reviewer)
    client.post("/account/2fa/reauthenticate/", {"code": accounts.code_of_app()})
    client.post("/account/2fa/recovery-codes/generate/")
    code = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
    for expected in (302, 200):
        other = Client()
        cache.clear()
        sign_in(other, reviewer)
        assert other.post("/account/2fa/authenticate/", {"code": code}).status_code == expected


def test_staff_cannot_turn_it_off(client: Client, reviewer: User) -> None:
    client.force_login(reviewer)
    client.post("/account/2fa/reauthenticate/", {"code": accounts.code_of_app()})
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=reviewer, type="totp").exists()


def test_its_secrets_are_sealed(reviewer: User) -> None:
    data = Authenticator.objects.get(user=reviewer).data
    assert accounts.SECRET not in str(data)
    assert Authenticator.objects.get(user=reviewer).wrap().validate_code(accounts.code_of_app())


def test_where_it_is_relaxed_staff_come_in_and_every_page_says_so(
    client: Client, newcomer: User, citizen: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(newcomer)
    response = client.get("/account/profile/")
    assert response.status_code == 200
    assert response.context["second_factor_relaxed"]
    client.force_login(citizen)
    assert not client.get("/account/profile/").context["second_factor_relaxed"]


def test_the_admin_has_no_door_of_its_own(client: Client, reviewer: User, citizen: User) -> None:
    door = client.get("/admin/", follow=True)
    assert door.redirect_chain[-1][0] == "/account/login/?next=%2Fadmin%2F"
    assert landed(client.get("/admin/login/")) == "/account/login/?next=%2Fadmin%2F"
    client.force_login(reviewer)
    assert client.get("/admin/").status_code == 200
    assert landed(client.get("/admin/login/?next=/admin/")) == "/admin/"
    assert landed(client.get("/admin/password_change/")) == "/account/password/change/"
    client.force_login(citizen)
    assert client.get("/admin/", follow=True).status_code == 404
    assert client.get("/admin/login/").status_code == 404

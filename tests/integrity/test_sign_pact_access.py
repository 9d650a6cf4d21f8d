"""Who has the page of the pact: whoever wears a hat, whichever it is, and nobody else."""

import pytest
from django.test import Client

from services.accounts.models import Hat, User
from services.integrity.models import PactSignature
from tests.factories import accounts, pact

PAGE = "/pact/sign/"
TYPED = {"version": "1", "read": "on", "password": accounts.PASSWORD}


@pytest.mark.parametrize("hat", Hat.values)
def test_every_hat_signs(client: Client, hat: str) -> None:
    user = accounts.signed_up("Baru Masuk")
    accounts.unsigned(user, hat)
    accounts.second_factor(user)
    pact.published()
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, TYPED).status_code == 302
    assert PactSignature.objects.get(membership__user=user).membership.hat == hat


def test_a_citizen_has_no_such_page(client: Client, citizen: User) -> None:
    pact.published()
    client.force_login(citizen)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, TYPED).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"].startswith("/account/login/")

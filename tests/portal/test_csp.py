"""The content security policy of pages: strict for everyone, two allowances in the admin."""

import pytest
from django.test import Client

from services.accounts.models import User


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path)["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/services/", "/track/", "/account/login/", "/nowhere/"])
def test_pages_of_citizens_allow_nothing_unsafe(client: Client, path: str) -> None:
    directives = policy(client, path)

    assert "unsafe" not in str(directives)
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == directives["base-uri"] == "'none'"
    assert "'nonce-" in directives["script-src"]


def test_the_admin_has_what_its_scripts_need(client: Client, intake: User) -> None:
    client.force_login(intake)

    directives = policy(client, "/admin/")

    assert "'unsafe-eval'" in directives["script-src"]
    assert directives["style-src-attr"] == "'unsafe-inline'"
    assert "unsafe-inline" not in directives["script-src"] + directives["style-src"]


@pytest.mark.django_db
def test_a_nonce_is_new_for_each_page(client: Client) -> None:
    assert policy(client, "/")["script-src"] != policy(client, "/")["script-src"]

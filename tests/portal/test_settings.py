"""A variable that is missing or malformed stops the start, and the message says which and how it looks."""

import os
import subprocess
import sys

import pytest

from portal.settings.example import PRODUCTION
from tests.architecture.source import ROOT

REQUIRED = sorted(PRODUCTION.keys() - {"DATABASE_OWNER_URL", "METRICS_TOKEN"})


def start(statement: str = "settings.DEBUG", /, **changes: str | None) -> str:
    """What a start under production settings, or the statement after it, prints when it fails; else nothing."""
    variables = {**PRODUCTION, **changes, "DJANGO_SETTINGS_MODULE": "portal.settings.production"}
    result = subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; {statement}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]}
        | {name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stderr if result.returncode else ""


def test_the_example_is_enough() -> None:
    assert start() == ""


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_variable_is_named_with_an_example(name: str) -> None:
    last_line = start(**{name: None}).splitlines()[-1]

    assert f"{name} is missing or malformed" in last_line
    assert f"Example: {name}=" in last_line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXY_COUNT", "one"),
        ("SMS_GATEWAY_URL", "not an address"),
        ("BLIND_INDEX_KEY", "too short"),
        ("SEALING_KEYS", "k1=dG9vIHNob3J0"),
    ],
)
def test_a_malformed_variable_is_named(name: str, value: str) -> None:
    assert name in start(**{name: value}).splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png", "https://*.tiles.example:8443"),
    ],
)
def test_a_browser_may_load_the_pictures_of_a_map_from_their_server(address: str, origin: str) -> None:
    statement = f"assert settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'][-1] == {origin!r}"

    assert start(statement, MAP_TILES_URL=address) == ""


def test_the_web_needs_no_account_of_the_owner() -> None:
    assert start(DATABASE_OWNER_URL=None) == ""


def test_migrations_say_that_they_need_the_account_of_the_owner() -> None:
    variables = {
        **PRODUCTION,
        "DATABASE_OWNER_URL": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "DATABASE_OWNER_URL is missing" in result.stderr

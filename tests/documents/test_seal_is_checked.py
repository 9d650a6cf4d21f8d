"""A seal that cannot sign is told when the portal starts, not when a citizen waits for a certificate."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.core.checks import CheckMessage, run_checks
from django.core.management import load_command_class
from pytest_django import Settings

from portal.settings.example import PRODUCTION
from services.documents import keys
from services.documents.checks import the_seal_can_sign
from services.foundation import clock
from tests.architecture.source import ROOT

MakeSeal = Callable[..., None]


@pytest.fixture
def make_seal(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeSeal:
    """Make the seal of a real portal, valid until this moment."""
    settings.SEAL_PKCS12, settings.SEAL_TRUST = tmp_path / "seal.p12", tmp_path / "roots.pem"
    settings.SEAL_DEVELOPMENT, settings.SEAL_PASSPHRASE = False, "rahasia"

    def make(*, until: datetime) -> None:
        monkeypatch.setattr(keys, "VALID_FOR", until - keys.VALID_FROM)
        keys.make_development_seal(settings.SEAL_PKCS12, settings.SEAL_TRUST)

    return make


def in_days(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def found() -> tuple[str, CheckMessage]:
    (message,) = the_seal_can_sign()
    return str(message.id), message


def test_a_seal_in_force_is_nothing_to_speak_of(make_seal: MakeSeal) -> None:
    make_seal(until=in_days(31))
    assert the_seal_can_sign() == []


def test_a_seal_that_expires_within_thirty_days_is_warned_of(make_seal: MakeSeal) -> None:
    make_seal(until=in_days(29))
    identity, message = found()
    assert (identity, message.is_serious()) == ("documents.W001", False)
    assert f"expires on {clock.local_date(in_days(29))}" in message.msg


@pytest.mark.parametrize("until", [timedelta(seconds=-1), timedelta(days=-40)])
def test_an_expired_seal_is_an_error(make_seal: MakeSeal, until: timedelta) -> None:
    make_seal(until=clock.now() + until)
    identity, message = found()
    assert (identity, message.is_serious()) == ("documents.E002", True)
    assert "expired on" in message.msg


def test_a_seal_that_is_not_valid_yet_is_an_error(
    make_seal: MakeSeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "VALID_FROM", in_days(3))
    make_seal(until=in_days(400))
    assert "valid only from" in found()[1].msg


def test_a_missing_seal_is_named_with_an_example(make_seal: MakeSeal, settings: Settings) -> None:
    make_seal(until=in_days(400))
    settings.SEAL_PKCS12.unlink()
    identity, message = found()
    assert (identity, message.is_serious()) == ("documents.E001", True)
    assert message.msg == f"SEAL_PKCS12 names {settings.SEAL_PKCS12}, which does not exist."
    assert message.hint == "Example: SEAL_PKCS12=/run/secrets/seal.p12"


def test_a_seal_that_cannot_be_read_is_an_error(make_seal: MakeSeal, settings: Settings) -> None:
    make_seal(until=in_days(400))
    settings.SEAL_PKCS12 = settings.SEAL_PKCS12.parent
    assert "cannot be read (Is a directory)" in found()[1].msg


@pytest.mark.parametrize("damage", ["passphrase", "file"])
def test_a_seal_that_does_not_open_is_an_error(make_seal: MakeSeal, settings: Settings, damage: str) -> None:
    make_seal(until=in_days(400))
    if damage == "passphrase":
        settings.SEAL_PASSPHRASE = "salah"
    else:
        settings.SEAL_PKCS12.write_bytes(b"no key")
    _identity, message = found()
    assert message.msg.startswith("SEAL_PASSPHRASE does not open the file of SEAL_PKCS12")
    assert message.hint == "Example: SEAL_PASSPHRASE=the passphrase of the PKCS#12 file"
    assert "salah" not in message.msg


def test_a_file_without_a_key_is_an_error(make_seal: MakeSeal, settings: Settings) -> None:
    make_seal(until=in_days(400))
    bundle = pkcs12.load_pkcs12(settings.SEAL_PKCS12.read_bytes(), b"rahasia")
    only_authorities = pkcs12.serialize_key_and_certificates(
        None, None, None, [extra.certificate for extra in bundle.additional_certs], NoEncryption()
    )
    settings.SEAL_PASSPHRASE = ""
    settings.SEAL_PKCS12.write_bytes(only_authorities)
    assert "without a key and its certificate" in found()[1].msg


@pytest.mark.parametrize(
    ("content", "words"), [(None, "does not exist"), ("no roots", "without certificates")]
)
def test_roots_that_cannot_be_read_are_an_error(
    make_seal: MakeSeal, settings: Settings, content: str | None, words: str
) -> None:
    make_seal(until=in_days(400))
    settings.SEAL_TRUST.unlink()
    if content:
        settings.SEAL_TRUST.write_text(content)
    identity, message = found()
    assert identity == "documents.E003"
    assert words in message.msg
    assert message.hint == "Example: SEAL_TRUST=/etc/bening/seal-roots.pem"


def test_a_development_seal_is_not_looked_for(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_PKCS12 = tmp_path / "none.p12"
    assert the_seal_can_sign() == []


def test_django_asks(make_seal: MakeSeal) -> None:
    assert {message.id for message in run_checks()} >= {"documents.E001", "documents.E003"}


def test_a_real_portal_without_its_seal_does_not_start(tmp_path: Path) -> None:
    variables = PRODUCTION | {
        "SEAL_PKCS12": str(tmp_path / "seal.p12"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "PATH": os.environ["PATH"],
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "(documents.E001) SEAL_PKCS12 names" in result.stderr


def test_an_emergency_does_not_wait_for_a_seal() -> None:
    assert load_command_class("services.accounts", "break_glass").requires_system_checks == ()

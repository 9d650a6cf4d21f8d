"""Keys of programs: made, shown once, used, revoked; each act is on record."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from complaints.models import ApiKey
from complaints.operations import keys
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.foundation import clock
from tests.factories import complaints as reports

LIST = "/admin/complaints/apikey/"
MAKE = f"{LIST}make/"
SECRET = re.compile(r"bng_[A-Za-z0-9]{32}")
FILLED_IN = {"name": "Warga Peduli", "contact": "api@example.org"}


@pytest.fixture(autouse=True)
def _office(db: None) -> None:
    reports.ready()


def actions_of(key: ApiKey) -> list[str]:
    return [event.action for event in audit.events_of(Subject("api_key", str(key.pk)))]


def test_a_key_is_shown_once_and_kept_as_a_digest(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    response = client.post(MAKE, FILLED_IN)

    (secret,) = SECRET.findall(response.content.decode())
    key = ApiKey.objects.get()
    assert secret.startswith(key.start)
    assert secret.encode() not in bytes(key.digest)
    assert "no-store" in response["Cache-Control"]
    assert key.made_by == administrator
    for address in (LIST, f"{LIST}{key.pk}/"):
        assert not SECRET.search(client.get(address).content.decode())


def test_what_is_missing_is_said_beside_the_field(client: Client, administrator: User) -> None:
    client.force_login(administrator)

    response = client.post(MAKE, {"name": "Warga Peduli", "contact": " "})

    assert response.context["form"].errors.keys() == {"contact"}
    assert not ApiKey.objects.exists()


def test_a_key_may_be_used_until_it_is_revoked(administrator: User) -> None:
    key, secret = keys.make_key(**FILLED_IN, made_by=administrator, at=clock.now())
    assert keys.use_key(secret=secret, at=clock.now()) == key

    keys.revoke_key(key, revoked_by=administrator, reason="Sold to others", at=clock.now())

    with pytest.raises(keys.UnableToUseKey):
        keys.use_key(secret=secret, at=clock.now())
    assert actions_of(key) == ["complaints.key.made", "complaints.key.revoked"]


@pytest.mark.parametrize("secret", ["", "bng_", "nothing", "x" * 10_000, "\u2603"])
def test_a_key_that_we_never_made_is_refused(secret: str) -> None:
    with pytest.raises(keys.UnableToUseKey):
        keys.use_key(secret=secret, at=clock.now())


def test_the_last_use_is_noted_once_a_minute(administrator: User) -> None:
    key, secret = keys.make_key(**FILLED_IN, made_by=administrator, at=clock.now())
    first = clock.now()

    for later in (timedelta(0), timedelta(seconds=59), timedelta(seconds=61)):
        keys.use_key(secret=secret, at=first + later)
        key.refresh_from_db()
        assert key.last_used_at == first + (later if later.seconds > 60 else timedelta(0))


def test_a_key_is_revoked_once_with_a_reason(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    key, _secret = keys.make_key(**FILLED_IN, made_by=administrator, at=clock.now())
    address = f"{LIST}{key.pk}/revoke/"

    assert client.post(address, {"reason": " "}).context["form"].errors.keys() == {"reason"}
    assert client.post(address, {"reason": "Sold"})["Location"] == f"{LIST}{key.pk}/"
    assert client.post(address, {"reason": "Sold"}).context["form"].errors.keys() == {"__all__"}

    assert not client.get(f"{LIST}{key.pk}/").context["can_revoke"]


def test_the_command_prints_the_key_alone() -> None:
    out = StringIO()

    call_command("make_api_key", "Warga Peduli", contact="api@example.org", stdout=out)

    secret = out.getvalue().strip()
    assert SECRET.fullmatch(secret)
    assert keys.use_key(secret=secret, at=clock.now()).made_by is None


def test_the_command_says_what_is_missing() -> None:
    with pytest.raises(CommandError):
        call_command("make_api_key", " ", contact="api@example.org")


def test_the_database_knows_no_revocation_without_a_reason(administrator: User) -> None:
    key, _secret = keys.make_key(**FILLED_IN, made_by=administrator, at=clock.now())

    with pytest.raises(IntegrityError, match="a_revoked_key_says_by_whom_and_why"), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(revoked_at=clock.now())


def test_the_list_costs_the_same_for_few_and_many(
    client: Client, administrator: User, django_assert_max_num_queries: object
) -> None:
    client.force_login(administrator)
    for number in range(8):
        keys.make_key(name=f"Program {number}", contact="x", made_by=administrator, at=clock.now())
    client.get(LIST)

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert b"Program 7" in client.get(LIST).content

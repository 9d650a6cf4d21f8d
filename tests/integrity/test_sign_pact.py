"""Signing the integrity pact: in the browser, with the password again, for every hat, for a year."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from services.accounts.models import Hat, User
from services.audit.models import Event
from services.foundation import clock
from services.integrity.models import PactSignature, PactVersion
from services.integrity.pact import operations, queries
from services.integrity.pact.definition import PactDefinition
from tests.factories import accounts, pact

PAGE = "/pact/sign/"


@pytest.fixture
def newcomer(db: None) -> User:
    """Somebody of intake who has not signed."""
    user = accounts.signed_up("Baru Masuk")
    accounts.unsigned(user, Hat.INTAKE)
    accounts.second_factor(user)
    user.language = "en"
    user.save(update_fields=["language"])
    pact.published()
    return user


def sent(client: Client, user: User, **fields: Any) -> Any:
    client.force_login(user)
    typed = {"version": "1", "read": "on", "password": accounts.PASSWORD}
    return client.post(PAGE, {**typed, **fields}, follow=False)


def changed_text(number: int) -> PactDefinition:
    better = {"id": "Dengan ini saya menyatakan:", "en": "Herewith I declare:"}
    return PactDefinition.model_validate(
        pact.DEFINITION.model_dump(mode="json") | {"number": number, "opening": better}
    )


def test_a_signature_covers_every_hat_of_today_and_is_on_record(client: Client, newcomer: User) -> None:
    accounts.unsigned(newcomer, Hat.SUPERVISOR, agency_code="dishub")

    answer = sent(client, newcomer)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert PactSignature.objects.filter(membership__user=newcomer).count() == 2
    assert not queries.standing_of(newcomer, at=clock.now()).may_sign
    event = Event.objects.get(action="integrity.pact.signed")
    assert event.subject_key == str(newcomer.pseudonym)
    told = json.loads(event.payload.payload)["details"]
    assert told["hats"] == [["INTAKE", "dpmptsp"], ["SUPERVISOR", "dishub"]]


def test_the_page_shows_all_ten_points_and_the_hats(client: Client, newcomer: User) -> None:
    client.force_login(newcomer)
    page = client.get(PAGE).content.decode()
    assert page.count("<li>I will") == 9
    assert "If I break this pact, I accept the consequences." in page
    assert "Intake officer" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password": "not-mine-at-all"}, "password"),
        ({"password": ""}, "Enter your password"),
        ({"read": ""}, "Tick this when you have read every point."),
    ],
)
def test_without_tick_or_the_right_password_nothing_is_signed(
    client: Client, newcomer: User, fields: dict[str, str], words: str
) -> None:
    answer = sent(client, newcomer, **fields)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not PactSignature.objects.filter(membership__user=newcomer).exists()


def test_passwords_are_not_guessed_here(client: Client, newcomer: User) -> None:
    for _attempt in range(10):
        sent(client, newcomer, password="not-mine-at-all")
    assert sent(client, newcomer).status_code == 200
    assert not PactSignature.objects.filter(membership__user=newcomer).exists()


def test_whoever_read_an_older_text_reads_the_new_one_first(client: Client, newcomer: User) -> None:
    operations.publish_pact(definition=changed_text(2), at=clock.now())
    answer = sent(client, newcomer)
    page = answer.content.decode()
    assert "The text has changed since you opened this page." in page
    assert 'name="version" value="2"' in page
    assert not PactSignature.objects.filter(membership__user=newcomer).exists()


def test_signing_twice_signs_once(client: Client, newcomer: User) -> None:
    sent(client, newcomer)
    again = sent(client, newcomer)
    assert "You have signed for every hat that you wear" in again.content.decode()
    assert PactSignature.objects.filter(membership__user=newcomer).count() == 1
    assert Event.objects.filter(action="integrity.pact.signed").count() == 1


def test_afterwards_one_goes_on_where_one_was_going(client: Client, newcomer: User) -> None:
    assert sent(client, newcomer, next="/admin/casework/case/")["Location"] == "/admin/casework/case/"


def test_a_new_hat_is_signed_for_on_the_same_day_without_signing_the_old_one_twice(newcomer: User) -> None:
    operations.sign_pact(user=newcomer, version=1, at=clock.now())
    later = accounts.unsigned(newcomer, Hat.REVIEWER)
    written = operations.sign_pact(user=newcomer, version=1, at=clock.now())
    assert [row.membership for row in written] == [later]


def test_one_may_sign_for_the_next_year_in_its_last_two_weeks_and_not_before(newcomer: User) -> None:
    operations.sign_pact(user=newcomer, version=1, at=clock.now())
    with pytest.raises(operations.UnableToSign):
        operations.sign_pact(user=newcomer, version=1, at=clock.now() + timedelta(days=340))
    operations.sign_pact(user=newcomer, version=1, at=clock.now() + timedelta(days=352))
    standing = queries.standing_of(newcomer, at=clock.now() + timedelta(days=500))
    assert not standing.unsigned


def test_a_year_that_begins_on_a_leap_day_ends_in_february() -> None:
    assert operations.year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert operations.year_after(date(2026, 11, 24)) == date(2027, 11, 23)


def test_a_text_under_a_published_number_is_refused(db: None) -> None:
    pact.published()
    with pytest.raises(operations.UnableToPublish) as refusal:
        operations.publish_pact(definition=changed_text(1), at=clock.now())
    assert refusal.value.code == "changed"
    operations.publish_pact(definition=changed_text(3), at=clock.now())
    with pytest.raises(operations.UnableToPublish) as refusal:
        operations.publish_pact(definition=changed_text(2), at=clock.now())
    assert refusal.value.code == "number"


def test_the_same_text_is_published_once(db: None) -> None:
    assert operations.publish_pact(definition=pact.DEFINITION, at=clock.now())
    assert operations.publish_pact(definition=pact.DEFINITION, at=clock.now()) == []
    assert PactVersion.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE integrity_pactversion SET text = '{}'",
        "DELETE FROM integrity_pactversion",
        "UPDATE integrity_pactsignature SET valid_until = valid_until + 9",
        "DELETE FROM integrity_pactsignature",
    ],
)
def test_neither_a_text_nor_a_signature_ever_changes(intake: User, statement: str) -> None:
    with (
        pytest.raises((IntegrityError, ProgrammingError), match=r"never change|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

"""Trying a parked message again."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.foundation import clock
from services.outbox import operations
from services.outbox.models import Message
from tests.outbox.conftest import Subscribe

TOPIC = "tests.thing.happened"
pytestmark = pytest.mark.django_db


@pytest.fixture
def parked(heard: Subscribe) -> Message:
    heard(TOPIC)
    with transaction.atomic():
        operations.publish(TOPIC, {"thing": 1}, dedupe_key="thing:1", at=clock.now())
    Message.objects.update(parked_at=clock.now(), attempts=8, last_error="ConnectionError: nobody answers")
    return Message.objects.get()


def test_a_parked_message_starts_anew_and_the_record_says_who_asked(
    parked: Message, administrator: User, deliver_outbox: Callable[[], int]
) -> None:
    operations.retry_message(parked, by=administrator.pseudonym, at=clock.now())
    assert deliver_outbox() == 2
    parked.refresh_from_db()
    assert parked.done_at is not None
    assert parked.attempts == 1
    (event,) = audit.events_of(Subject("outbox_message", str(parked.id)))
    assert event.action == "outbox.message.retried"
    assert event.actor.pseudonym == administrator.pseudonym


def test_a_message_that_is_not_parked_is_not_tried_again(parked: Message, administrator: User) -> None:
    operations.retry_message(parked, by=administrator.pseudonym, at=clock.now())
    with pytest.raises(operations.UnableToRetry):
        operations.retry_message(parked, by=administrator.pseudonym, at=clock.now())


def test_the_desk_opens_with_what_is_parked_and_tries_it_again(
    parked: Message, administrator: User, client: Client
) -> None:
    client.force_login(administrator)
    url = reverse("admin:outbox_message_changelist")
    assert "ConnectionError" in client.get(url).content.decode()
    assert "ConnectionError" not in client.get(url, {"state": "waiting"}).content.decode()
    response = client.post(url, {"action": "try_again", "_selected_action": [parked.id]}, follow=True)
    assert response.status_code == 200
    parked.refresh_from_db()
    assert parked.parked_at is None


def test_an_auditor_sees_parked_messages_and_cannot_try_them(
    parked: Message, auditor: User, client: Client
) -> None:
    client.force_login(auditor)
    url = reverse("admin:outbox_message_changelist")
    assert "ConnectionError" in client.get(url).content.decode()
    client.post(url, {"action": "try_again", "_selected_action": [parked.id]})
    parked.refresh_from_db()
    assert parked.parked_at is not None


@pytest.mark.parametrize("who", ["citizen", "intake", "reviewer", "approver", "executive"])
def test_nobody_else_sees_the_outbox(
    parked: Message, who: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("admin:outbox_message_changelist")).status_code in {302, 403, 404}

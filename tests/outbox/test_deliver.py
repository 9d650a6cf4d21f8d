"""Keeping a promise once, trying again, giving up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from services.foundation import clock
from services.outbox import delivery, operations, registry, rules
from services.outbox.models import Message
from tests.outbox.conftest import Subscribe

TOPIC = "tests.thing.happened"
pytestmark = pytest.mark.django_db


def publish(**changes: object) -> Message:
    with transaction.atomic():
        operations.publish(TOPIC, {"thing": 1}, dedupe_key="thing:1", at=clock.now(), **changes)  # type: ignore[arg-type]
    return Message.objects.latest("id")


def fail() -> None:
    raise ConnectionError("nobody answers")


def refuse() -> None:
    raise registry.Refused("this number does not exist")


@pytest.mark.parametrize("effect", [False, True])
def test_a_kept_promise_is_done_and_its_secret_gone(heard: Subscribe, effect: bool) -> None:  # noqa: FBT001
    calls = heard(TOPIC, effect=effect)
    message = publish(secret="314159")
    assert delivery.deliver(message.id)
    assert calls == [{"payload": {"thing": 1}, "secret": "314159", "message_id": message.id}]
    message.refresh_from_db()
    assert message.done_at is not None
    assert message.secret_sealed is None
    assert message.locked_until is None


@pytest.mark.parametrize("effect", [False, True])
def test_a_promise_is_kept_once(heard: Subscribe, effect: bool) -> None:  # noqa: FBT001
    calls = heard(TOPIC, effect=effect)
    message = publish()
    assert delivery.deliver(message.id)
    assert not delivery.deliver(message.id)
    assert len(calls) == 1


@pytest.mark.parametrize("effect", [False, True])
def test_after_a_failure_it_is_tried_later_and_later(heard: Subscribe, effect: bool) -> None:  # noqa: FBT001
    calls = heard(TOPIC, effect=effect, act=fail)
    message = publish(secret="314159")
    waits = []
    for _ in range(3):
        before = clock.now()
        assert not delivery.deliver(message.id)
        message.refresh_from_db()
        waits.append(message.due_at - before)
        assert not delivery.deliver(message.id)
        clock.move(waits[-1] + timedelta(seconds=1))
    assert len(calls) == message.attempts == 3
    assert waits[0] < waits[1] < waits[2] or waits[0] < waits[2]
    assert message.last_error == "ConnectionError: nobody answers"
    assert message.secret_sealed is not None
    assert message.relayed_at is None


def test_after_the_last_attempt_it_is_parked(heard: Subscribe) -> None:
    calls = heard(TOPIC, act=fail)
    message = publish()
    for _ in range(rules.MAX_ATTEMPTS + 3):
        delivery.deliver(message.id)
        clock.move(timedelta(hours=2))
    message.refresh_from_db()
    assert len(calls) == rules.MAX_ATTEMPTS
    assert message.parked_at is not None
    assert message.done_at is None


def test_what_cannot_succeed_is_parked_at_once(heard: Subscribe) -> None:
    heard(TOPIC, effect=True, act=refuse)
    message = publish()
    assert not delivery.deliver(message.id)
    message.refresh_from_db()
    assert message.parked_at is not None
    assert message.attempts == 1


def test_what_a_subscriber_wrote_before_it_failed_is_undone(
    heard: Subscribe, deliver_outbox: Callable[[], int]
) -> None:
    def write_and_fail() -> None:
        Message.objects.create(
            topic="x.y",
            subscriber="z",
            queue="default",
            payload={},
            dedupe_key="half",
            created_at=clock.now(),
            due_at=clock.now() + timedelta(days=1),
        )
        fail()

    heard(TOPIC, act=write_and_fail)
    publish()
    assert deliver_outbox() == 0
    assert not Message.objects.filter(dedupe_key="half").exists()


@pytest.mark.django_db(transaction=True)
def test_a_network_effect_runs_outside_any_transaction_and_a_writing_one_inside(heard: Subscribe) -> None:
    inside: list[bool] = []
    heard(TOPIC, effect=True, act=lambda: inside.append(connection.in_atomic_block))
    heard("tests.other.happened", act=lambda: inside.append(connection.in_atomic_block))
    delivery.deliver(publish().id)
    with transaction.atomic():
        operations.publish("tests.other.happened", {}, dedupe_key="a", at=clock.now())
    delivery.deliver(Message.objects.latest("id").id)
    assert inside == [False, True]


def test_a_claimed_effect_is_left_alone_until_its_claim_ends(heard: Subscribe) -> None:
    calls = heard(TOPIC, effect=True)
    message = publish()
    Message.objects.update(locked_until=clock.now() + rules.CLAIM, attempts=1)
    assert not delivery.deliver(message.id)
    clock.move(rules.CLAIM + timedelta(seconds=1))
    assert delivery.deliver(message.id)
    assert len(calls) == 1


def test_a_message_that_kills_every_worker_is_parked(heard: Subscribe) -> None:
    """A killed worker leaves the counted attempt and nothing else."""
    calls = heard(TOPIC)
    message = publish()
    Message.objects.update(attempts=rules.MAX_ATTEMPTS)
    assert not delivery.deliver(message.id)
    message.refresh_from_db()
    assert message.parked_at is not None
    assert "died" in message.last_error
    assert calls == []


def test_a_message_to_a_subscriber_that_a_release_removed_is_parked(heard: Subscribe) -> None:
    heard(TOPIC)
    message = publish()
    Message.objects.update(subscriber="services.gone.subscribers.hear")
    assert not delivery.deliver(message.id)
    message.refresh_from_db()
    assert "no such subscriber" in message.last_error


def test_a_message_that_is_not_due_or_does_not_exist_is_left_alone(heard: Subscribe) -> None:
    heard(TOPIC)
    assert not delivery.deliver(publish(due_at=clock.now() + timedelta(days=1)).id)
    assert not delivery.deliver(0)


def test_done_messages_are_forgotten_after_a_month(
    heard: Subscribe, deliver_outbox: Callable[[], int]
) -> None:
    heard(TOPIC)
    publish()
    deliver_outbox()
    assert operations.forget_done(at=clock.now() + timedelta(days=29)) == 0
    assert operations.forget_done(at=clock.now() + timedelta(days=31)) == 1

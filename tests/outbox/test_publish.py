"""Promising."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from services.foundation import clock
from services.outbox import operations
from services.outbox.models import Message
from tests.outbox.conftest import Subscribe

TOPIC = "tests.thing.happened"


def publish(**changes: object) -> None:
    values: dict[str, object] = {"dedupe_key": "thing:1", "at": clock.now()}
    operations.publish(TOPIC, {"thing": 1}, **values | changes)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_every_subscriber_gets_a_promise_of_its_own(heard: Subscribe) -> None:
    heard(TOPIC)
    heard(TOPIC, queue="documents")
    publish()
    first, second = Message.objects.order_by("id")
    assert first.subscriber != second.subscriber
    assert (first.queue, second.queue) == ("default", "documents")
    assert first.payload == second.payload == {"thing": 1}


@pytest.mark.django_db
def test_the_same_key_promises_once(heard: Subscribe) -> None:
    heard(TOPIC)
    publish()
    publish()
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_secret_stands_sealed_and_bound_to_its_message(heard: Subscribe) -> None:
    heard(TOPIC)
    publish(secret="314159")
    message = Message.objects.get()
    assert message.secret_sealed is not None
    assert b"314159" not in bytes(message.secret_sealed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM outbox_message m")
        assert "314159" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_promise_outside_a_transaction_is_refused(heard: Subscribe) -> None:
    heard(TOPIC)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        publish()


@pytest.mark.django_db(transaction=True)
def test_a_promise_is_undone_with_what_it_follows_from(heard: Subscribe) -> None:
    heard(TOPIC)

    @transaction.atomic
    def publish_and_fail() -> None:
        publish()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_promise_for_later_is_a_row_and_not_given_to_the_broker_yet(heard: Subscribe) -> None:
    heard(TOPIC)
    later = clock.now() + timedelta(days=3)
    publish(due_at=later)
    message = Message.objects.get()
    assert message.due_at == later
    assert message.relayed_at is None


@pytest.mark.django_db
def test_a_topic_that_nobody_hears_leaves_no_row() -> None:
    publish()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_promise_costs_one_query(heard: Subscribe, django_assert_num_queries: object) -> None:
    heard(TOPIC)
    heard(TOPIC)
    with django_assert_num_queries(1):  # type: ignore[operator]
        publish()


@pytest.mark.django_db
def test_a_kept_promise_keeps_no_secret(heard: Subscribe) -> None:
    heard(TOPIC)
    publish(secret="314159")
    with pytest.raises(IntegrityError, match="outbox_message_done_keeps_no_secret"), transaction.atomic():
        Message.objects.update(done_at=clock.now())


@pytest.mark.django_db
def test_what_is_promised_in_bulk_is_promised_as_by_itself(
    heard: Subscribe, django_assert_num_queries: Any
) -> None:
    heard(TOPIC)
    publish(dedupe_key="thing:2")
    with django_assert_num_queries(1), operations.in_bulk():
        for number in (1, 2, 3):
            publish(dedupe_key=f"thing:{number}")
    found = Message.objects.order_by("id").values_list("dedupe_key", flat=True)
    assert sorted(found) == ["thing:1", "thing:2", "thing:3"]

"""From the table to the broker."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import psycopg2
import pytest
import redis
from celery import Celery
from django.conf import settings
from django.db import transaction

from portal.celery import app
from services.foundation import clock
from services.outbox import operations, queries
from services.outbox.models import Message
from tests.emptying import owner_parameters
from tests.outbox.conftest import Subscribe

TOPIC = "tests.thing.happened"


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The broker itself, its queues empty."""
    link = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    link.flushdb()
    yield link
    link.flushdb()
    link.close()


@contextlib.contextmanager
def another_broker(address: str) -> Iterator[None]:
    """Our application and its settings, with a broker at another address."""
    other = Celery("other")
    other.config_from_object("django.conf:settings", namespace="CELERY")
    other.conf.update(broker_url=f"redis://{address}/0")
    other.set_current()
    try:
        yield
    finally:
        app.set_current()
        other.close()


def ids_in(broker: redis.Redis, queue: str) -> list[int]:
    tasks = [json.loads(text) for text in broker.lrange(queue, 0, -1)]
    assert all(task["headers"]["task"] == "services.outbox.tasks.deliver" for task in tasks)
    return sorted(
        json.loads(task["headers"]["argsrepr"].replace("(", "[").replace(",)", "]"))[0] for task in tasks
    )


def publish(key: str = "thing:1", **changes: object) -> None:
    with transaction.atomic():
        operations.publish(TOPIC, {}, dedupe_key=key, at=clock.now(), **changes)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_on_commit_the_broker_gets_the_id_in_the_queue_of_the_subscriber(
    heard: Subscribe, broker: redis.Redis
) -> None:
    heard(TOPIC, queue="notifications")
    publish()
    assert ids_in(broker, "notifications") == [Message.objects.get().id]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_fails_no_request_and_loses_no_message(
    heard: Subscribe, broker: redis.Redis
) -> None:
    heard(TOPIC)
    with another_broker("127.0.0.1:1"):
        publish()
    assert ids_in(broker, "default") == []
    assert operations.relay_due(at=clock.now()) == 0
    assert operations.relay_due(at=clock.now() + timedelta(minutes=2)) == 1
    assert ids_in(broker, "default") == [Message.objects.get().id]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_up_is_asked_once_so_that_no_request_waits(heard: Subscribe) -> None:
    heard(TOPIC)
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def hang_up() -> None:
            with contextlib.suppress(OSError):
                while True:
                    visitor, address = door.accept()
                    knocks.append(address)
                    visitor.close()

        threading.Thread(target=hang_up, daemon=True).start()
        with another_broker(f"127.0.0.1:{door.getsockname()[1]}"):
            publish()
        door.shutdown(socket.SHUT_RDWR)
    assert len(knocks) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_due_later_is_swept_when_its_time_comes(heard: Subscribe, broker: redis.Redis) -> None:
    heard(TOPIC)
    publish(due_at=clock.now() + timedelta(hours=1))
    assert operations.relay_due(at=clock.now()) == 0
    clock.move(timedelta(hours=2))
    assert operations.relay_due(at=clock.now()) == 1
    assert operations.relay_due(at=clock.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_share_the_work(heard: Subscribe, broker: redis.Redis) -> None:
    heard(TOPIC)
    later = clock.now() + timedelta(hours=1)
    for number in range(4):
        publish(f"thing:{number}", due_at=later)
    clock.move(timedelta(hours=2))
    other = psycopg2.connect(**owner_parameters())
    with other.cursor() as cursor:
        cursor.execute("SELECT id FROM outbox_message ORDER BY id LIMIT 2 FOR UPDATE")
        held = {id_ for (id_,) in cursor.fetchall()}
        assert operations.relay_due(at=clock.now()) == 2
    other.close()
    assert not held & set(ids_in(broker, "default"))
    assert operations.relay_due(at=clock.now()) == 2


@pytest.mark.django_db
def test_the_age_of_the_oldest_message_counts_from_when_it_was_due(heard: Subscribe) -> None:
    heard(TOPIC)
    assert queries.oldest_waiting_age() == timedelta()
    publish(due_at=clock.now() + timedelta(hours=1))
    assert queries.oldest_waiting_age() == timedelta()
    clock.move(timedelta(hours=3))
    assert timedelta(hours=2) <= queries.oldest_waiting_age() < timedelta(hours=2, minutes=1)

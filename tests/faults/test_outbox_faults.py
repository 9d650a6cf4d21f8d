"""What is killed and what survives: workers die by SIGKILL in the middle of a delivery, and the broker forgets everything."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import redis
from django.db import transaction

from services.audit import queries as audit
from services.audit.actors import Subject
from services.audit.models import Event
from services.foundation import clock
from services.outbox import operations, rules
from services.outbox.models import Message
from tests.faults.conftest import Worker, wait_until
from tests.notifications import gateway as gateways

Start = Callable[[], Worker]


def promise(topic: str, name: str, **payload: object) -> Message:
    with transaction.atomic():
        operations.publish(topic, {"name": name, **payload}, dedupe_key=f"{topic}:{name}", at=clock.now())
    return Message.objects.latest("id")


def is_done(message: Message) -> bool:
    return Message.objects.filter(id=message.id, done_at__isnull=False).exists()


def sweep_later(by: timedelta) -> None:
    """Do what beat does, so much later."""
    clock.move(by)
    operations.relay_due(at=clock.now())


def test_a_worker_killed_before_its_commit_loses_nothing_and_writes_once(
    start_worker: Start, tmp_path: Path
) -> None:
    first = start_worker()
    message = promise("tests.faults.writing", "written")
    wait_until((tmp_path / "written").exists, first.log.read_text)
    first.kill()
    assert not is_done(message)
    assert audit.events_of(Subject("fault", "written")) == []

    second = start_worker()
    sweep_later(rules.RELAY_AGAIN_AFTER + timedelta(seconds=1))
    wait_until(lambda: is_done(message), second.log.read_text)
    assert len(audit.events_of(Subject("fault", "written"))) == 1
    message.refresh_from_db()
    assert message.attempts == 2


def test_a_child_killed_before_its_commit_is_replaced_and_its_task_given_back(
    start_worker: Start, tmp_path: Path
) -> None:
    worker = start_worker()
    message = promise("tests.faults.writing", "written")
    mark = tmp_path / "written"
    wait_until(lambda: mark.exists() and mark.read_text() != "", worker.log.read_text)
    os.kill(int(mark.read_text()), signal.SIGKILL)
    wait_until(lambda: is_done(message), worker.log.read_text)
    assert len(audit.events_of(Subject("fault", "written"))) == 1


def test_a_worker_killed_after_sending_repeats_under_the_same_key(
    start_worker: Start, tmp_path: Path
) -> None:
    with gateways.running() as gateway:
        first = start_worker()
        message = promise("tests.faults.sending", "sent", gateway=gateway.url)
        wait_until((tmp_path / "sent").exists, first.log.read_text)
        first.kill()
        second = start_worker()
        sweep_later(rules.RELAY_AGAIN_AFTER + timedelta(seconds=1))
        assert not is_done(message), "its claim holds: nobody knows yet whether the first worker lives"
        sweep_later(rules.CLAIM)
        wait_until(lambda: is_done(message), second.log.read_text)
    assert len(gateway.requests) == 2
    assert len(gateway.sent) == 1


def test_a_broker_that_forgets_everything_loses_no_promise(start_worker: Start, broker: redis.Redis) -> None:
    messages = [promise("tests.faults.counting", str(number)) for number in range(5)]
    assert broker.llen("default") == 5
    broker.flushdb()
    worker = start_worker()
    sweep_later(rules.RELAY_AGAIN_AFTER + timedelta(seconds=1))
    wait_until(lambda: all(is_done(message) for message in messages), worker.log.read_text)


def test_among_many_promises_and_dying_workers_each_is_kept_once(start_worker: Start) -> None:
    workers = [start_worker(), start_worker()]
    messages = [promise("tests.faults.counting", str(number)) for number in range(40)]
    wait_until(lambda: Event.objects.filter(subject_kind="fault").count() >= 10, workers[0].log.read_text)
    workers[0].kill()
    operations.relay_due(at=clock.now() + rules.RELAY_AGAIN_AFTER)
    wait_until(
        lambda: Message.objects.filter(done_at__isnull=False).count() >= len(messages) - 1,
        workers[1].log.read_text,
    )
    sweep_later(rules.RELAY_AGAIN_AFTER + timedelta(seconds=1))
    wait_until(lambda: all(is_done(message) for message in messages), workers[1].log.read_text)
    assert Event.objects.filter(subject_kind="fault").count() == len(messages)


def test_a_promise_that_kills_whoever_keeps_it_is_parked(start_worker: Start) -> None:
    message = promise("tests.faults.dying", "deadly")
    Message.objects.filter(id=message.id).update(attempts=rules.MAX_ATTEMPTS - 2)
    worker = start_worker()
    wait_until(
        lambda: Message.objects.filter(id=message.id, parked_at__isnull=False).exists(), worker.log.read_text
    )
    message.refresh_from_db()
    assert message.attempts == rules.MAX_ATTEMPTS
    assert "died at every attempt" in message.last_error
    healthy = promise("tests.faults.counting", "healthy")
    wait_until(lambda: is_done(healthy), worker.log.read_text)

"""Promising, relaying to the broker, trying again what was parked, forgetting what is long done."""

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from services.foundation import sealing
from services.foundation.errors import UnableTo
from services.outbox import queries, registry, relay
from services.outbox.models import Message
from services.outbox.rules import KEEP_DONE

#: What was promised in the block of `in_bulk` that runs, not yet written.
_held: Final[ContextVar[list[Message] | None]] = ContextVar("outbox.held", default=None)

log = structlog.get_logger(__name__)

RELAY_BATCH = 500


class UnableToWithdraw(UnableTo):
    """A worker has begun to keep the promise, or has kept it."""


class UnableToRetry(UnableTo):
    """The message is not parked."""


def publish(
    topic: str,
    payload: dict[str, Any],
    *,
    dedupe_key: str,
    at: datetime,
    due_at: datetime | None = None,
    secret: str | None = None,
) -> None:
    """Promise to every subscriber of a topic, in the caller's transaction; the same key promises only once.

    `payload` holds ids and plain values, never a person's data: what must stay secret (a code) goes into `secret`, which
    is kept sealed and erased once the promise is kept. What a traceless subscriber is promised stands in no list.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{topic}: a promise is made inside the transaction of what it follows from")
    subscribers = registry.subscribers_of(topic)
    if not subscribers:
        log.error("outbox.topic_without_subscriber", topic=topic)
        return
    is_due = due_at is None or due_at <= at
    messages = [
        _message(each, payload, dedupe_key=dedupe_key, at=at, due_at=due_at or at, secret=secret)
        for each in subscribers
    ]
    for message in messages:
        message.relayed_at = at if is_due else None
    held = _held.get()
    if held is not None:
        held += messages
        return
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if is_due:
        transaction.on_commit(partial(relay.nudge, topic, [dedupe_key]), robust=True)


@contextmanager
def in_bulk() -> Iterator[None]:
    """Write what is promised in this block at its end and all at once: for a sweep that promises thousands of things.

    The block stands inside a transaction, as each promise does.
    """
    held: list[Message] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    Message.objects.bulk_create(held, ignore_conflicts=True)
    due: dict[str, list[str]] = defaultdict(list)
    for message in held:
        if message.relayed_at:
            due[message.topic].append(message.dedupe_key)
    for topic, keys in due.items():
        transaction.on_commit(partial(relay.nudge, topic, keys), robust=True)


def withdraw(keys: Mapping[str, str], *, since: datetime, at: datetime) -> int:
    """Take back, in the caller's transaction, what was promised under these keys (by topic); returns how many messages.

    What was promised before `since` under the same keys stays. A message that a worker holds, has begun or has kept cannot be taken back, and then none is: UnableToWithdraw. Nothing
    waits for the worker, so that the two never stand in each other's way.
    """
    promised = reduce(or_, (Q(topic=topic, dedupe_key=key) for topic, key in keys.items()), Q(pk__in=[]))
    promised &= Q(created_at__gte=since)
    messages = Message.objects.filter(promised)
    untouched = queries.waiting().filter(promised, attempts=0, due_at__gt=at)
    held = [message.pk for message in untouched.select_for_update(skip_locked=True)]
    if len(held) != messages.count():
        raise UnableToWithdraw(code="begun", message=_("Others were told of it already."))
    return Message.objects.filter(pk__in=held).delete()[0]


def relay_due(*, at: datetime) -> int:
    """Give the broker what is due and was not given lately; return how many. Safe to run in parallel."""
    with transaction.atomic():
        due = list(queries.to_relay(at).select_for_update(skip_locked=True)[:RELAY_BATCH])
        Message.objects.filter(id__in=[message.id for message in due]).update(relayed_at=at)
    return relay.send(due)


def retry_message(message: Message, *, by: UUID, at: datetime) -> Message:
    """Try a parked message again from the start; who asked is published for the record to keep."""
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(id=message.id)
        if locked.parked_at is None:
            raise UnableToRetry(
                _("This message is not parked, so it cannot be tried again."), code="not_parked"
            )
        locked.parked_at, locked.attempts, locked.due_at, locked.relayed_at = None, 0, at, None
        locked.save(update_fields=["parked_at", "attempts", "due_at", "relayed_at"])
        publish(
            "outbox.message_retried",
            {"message": locked.id, "topic": locked.topic, "by": str(by)},
            dedupe_key=f"outbox.retry:{locked.id}:{at.isoformat()}",
            at=at,
        )
    return locked


def forget_done(*, at: datetime) -> int:
    """Delete messages done long ago; their effects are on record elsewhere. Return how many."""
    deleted, _by_model = Message.objects.filter(done_at__lt=at - KEEP_DONE).delete()
    return deleted


def _message(
    subscriber: registry.Subscriber,
    payload: dict[str, Any],
    *,
    dedupe_key: str,
    at: datetime,
    due_at: datetime,
    secret: str | None,
) -> Message:
    message = Message(
        topic=subscriber.topic,
        subscriber=subscriber.name,
        queue=subscriber.queue,
        payload=payload,
        dedupe_key=dedupe_key,
        created_at=at,
        due_at=due_at,
    )
    if subscriber.traceless:
        # A number from outside the sequence leaves no gap in it.
        message.id = -1 - secrets.randbits(62)
    if secret is not None:
        message.secret_sealed = sealing.seal(secret, bound_to=message.place)
    return message

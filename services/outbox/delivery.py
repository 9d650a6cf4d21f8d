"""Keeping one promise: claim the row, run the subscriber, mark it done; after a failure try later, in the end park.

The attempt is counted and committed before the subscriber runs, so that a message which kills its worker is parked too.
A subscriber that writes runs inside the transaction that marks the message done, under the row's lock: killed anywhere,
nothing of it remains and nothing is lost. A network effect cannot be undone, so it is claimed until `locked_until`, run
outside any transaction and marked after: killed in between, it is repeated, and the other side knows it by its key.
"""

from datetime import datetime

import structlog
from django.db import transaction

from services.foundation import clock, sealing
from services.outbox import queries, registry
from services.outbox.models import Message
from services.outbox.rules import CLAIM, MAX_ATTEMPTS, backoff

log = structlog.get_logger(__name__)


def deliver(message_id: int) -> bool:
    """Keep one promise if it is due and nobody else is at it; return whether it is kept now."""
    claimed = _claim(message_id, at=clock.now())
    if claimed is None:
        return False
    message, subscriber = claimed
    try:
        return (
            _run_effect(message, subscriber)
            if subscriber.effect
            else _run_in_transaction(message, subscriber)
        )
    except Exception as problem:  # noqa: BLE001 (whatever a subscriber raises, its promise is kept for later)
        _postpone(message_id, problem, at=clock.now())
        return False


def _claim(message_id: int, *, at: datetime) -> tuple[Message, registry.Subscriber] | None:
    """Count the attempt; park what has used up its attempts without coming back, and what nobody can handle."""
    with transaction.atomic(durable=True):
        message = queries.due(at).select_for_update(skip_locked=True).filter(id=message_id).first()
        if message is None:
            return None
        subscriber = registry.subscriber(message.topic, message.subscriber)
        if subscriber is None:
            _park(message, "no such subscriber in this release", at=at)
            return None
        if message.attempts >= MAX_ATTEMPTS:
            _park(message, message.last_error or "its worker died at every attempt", at=at)
            return None
        message.attempts += 1
        message.locked_until = at + CLAIM if subscriber.effect else None
        message.save(update_fields=["attempts", "locked_until"])
    return message, subscriber


def _run_in_transaction(message: Message, subscriber: registry.Subscriber) -> bool:
    with transaction.atomic(durable=True):
        locked = queries.waiting().select_for_update(skip_locked=True).filter(id=message.id).first()
        if locked is None:
            return False
        subscriber.handle(locked.payload, secret=_secret(locked), message_id=locked.id)
        if subscriber.traceless:
            locked.delete()
        else:
            _mark_done(locked, at=clock.now())
    return True


def _run_effect(message: Message, subscriber: registry.Subscriber) -> bool:
    subscriber.handle(message.payload, secret=_secret(message), message_id=message.id)
    with transaction.atomic(durable=True):
        _mark_done(queries.waiting().select_for_update().get(id=message.id), at=clock.now())
    return True


def _mark_done(message: Message, *, at: datetime) -> None:
    message.done_at, message.secret_sealed, message.locked_until, message.last_error = at, None, None, ""
    message.save(update_fields=["done_at", "secret_sealed", "locked_until", "last_error"])


def _postpone(message_id: int, problem: Exception, *, at: datetime) -> None:
    """Let the claim go and set the next attempt, or park the message when it has had enough or was refused."""
    error = f"{type(problem).__name__}: {problem}"[:2000]
    with transaction.atomic(durable=True):
        message = queries.waiting().select_for_update().filter(id=message_id).first()
        if message is None:
            return
        if message.attempts >= MAX_ATTEMPTS or isinstance(problem, registry.Refused):
            _park(message, error, at=at)
            return
        message.due_at, message.relayed_at, message.locked_until = at + backoff(message.attempts), None, None
        message.last_error = error
        message.save(update_fields=["due_at", "relayed_at", "locked_until", "last_error"])
    log.warning(
        "outbox.postponed", message_id=message_id, topic=message.topic, attempts=message.attempts, error=error
    )


def _park(message: Message, error: str, *, at: datetime) -> None:
    message.parked_at, message.locked_until, message.last_error = at, None, error
    message.save(update_fields=["parked_at", "locked_until", "last_error"])
    log.error(
        "outbox.parked", message_id=message.id, topic=message.topic, attempts=message.attempts, error=error
    )


def _secret(message: Message) -> str | None:
    return sealing.unseal(message.secret_sealed, bound_to=message.place) if message.secret_sealed else None

"""From the table to the broker: the id of a message, nothing more. A broker that is down costs time, never a message."""

from collections.abc import Collection, Iterable

import structlog
from celery import current_app

from services.outbox.models import Message

log = structlog.get_logger(__name__)

DELIVER = "services.outbox.tasks.deliver"


def nudge(topic: str, dedupe_keys: Collection[str]) -> None:
    """Right after the commit: give the broker the messages just promised. Never fails the request; beat sweeps later."""
    promised = Message.objects.filter(topic=topic, dedupe_key__in=dedupe_keys, done_at__isnull=True)
    send(promised.only("id", "queue"))


def send(messages: Iterable[Message]) -> int:
    """Give the broker the ids of these messages; return how many it took before it failed."""
    sent = 0
    try:
        for message in messages:
            current_app.send_task(DELIVER, args=[message.id], queue=message.queue, retry=False)
            sent += 1
    except Exception as problem:  # noqa: BLE001 (whatever a broker may raise, the rows are safe and are swept again)
        log.warning("outbox.broker_unreachable", problem=str(problem), sent=sent)
    return sent

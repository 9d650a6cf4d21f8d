"""What Celery runs: one delivery, and the sweeps that beat asks for."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from services.foundation import clock, locks
from services.outbox import delivery, operations

SCHEDULE = {
    "outbox: sweep": {"task": "services.outbox.tasks.sweep", "schedule": timedelta(seconds=10)},
    "outbox: forget what is done": {
        "task": "services.outbox.tasks.forget_done",
        "schedule": crontab(hour="3", minute="10"),
    },
}


@shared_task
def deliver(message_id: int) -> None:
    """Keep one promise, in the queue of its subscriber."""
    delivery.deliver(message_id)


@shared_task
def sweep() -> None:
    """Give the broker what is due and was forgotten: later promises, retries, and what a dead broker did not take."""
    operations.relay_due(at=clock.now())


@shared_task
def forget_done() -> None:
    """Delete messages that were done long ago; one at a time, however many beats there are."""
    with transaction.atomic():
        if locks.try_transaction_lock("outbox.forget_done"):
            operations.forget_done(at=clock.now())

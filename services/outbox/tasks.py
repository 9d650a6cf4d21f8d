"""What Celery runs: one delivery, and the sweeps that beat asks for."""

from celery import shared_task
from django.db import transaction

from services.foundation import clock, locks
from services.outbox import delivery, operations


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

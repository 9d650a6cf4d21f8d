"""What runs by the clock for licences."""

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from licensing import operations
from services.foundation import clock, locks

SCHEDULE = {
    "licensing: remind holders of the end": {
        "task": "licensing.tasks.remind_holders",
        # Every hour, for what a stopped beat has missed and for a clock that was moved.
        "schedule": crontab(minute="35"),
    },
}


@shared_task
def remind_holders() -> None:
    """Remind the holders of licences that end soon; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("licensing.remind_holders"):
            operations.remind_holders(at=clock.now())

"""What runs by the clock for permits."""

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from permits import operations
from services.foundation import clock, locks

SCHEDULE = {
    "permits: let silent applications lapse": {
        "task": "permits.tasks.lapse_applications",
        "schedule": crontab(minute="17"),
    },
}


@shared_task
def lapse_applications() -> None:
    """Let applications lapse whose applicant stayed silent past the date; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("permits.lapse_applications"):
            operations.lapse_applications(at=clock.now())

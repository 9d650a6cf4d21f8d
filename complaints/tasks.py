"""What runs by the clock for reports."""

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from complaints import operations
from services.foundation import clock, locks

SCHEDULE = {
    "complaints: end what nobody answers": {
        "task": "complaints.tasks.end_silent_reports",
        "schedule": crontab(minute="27"),
    },
    "complaints: forget what was not sent": {
        "task": "complaints.tasks.forget_drafts",
        "schedule": crontab(minute="*/10"),
    },
}


@shared_task
def end_silent_reports() -> None:
    """Archive and close reports whose reporter stayed silent past the date; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("complaints.end_silent_reports"):
            operations.end_silent_reports(at=clock.now())


@shared_task
def forget_drafts() -> None:
    """Forget unsent reports and receipts past their time; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("complaints.forget_drafts"):
            operations.forget_drafts(at=clock.now())

"""What runs by the clock for reports."""

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from complaints import operations
from complaints.integrity import operations as integrity
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
    """Archive and close reports whose reporter stayed silent past the date; a second beat finds nothing left to do.

    What was reported in confidence is not ended by silence: its examination goes on.
    """
    with transaction.atomic():
        if locks.try_transaction_lock("complaints.end_silent_reports"):
            operations.end_silent_reports(at=clock.now())
            integrity.go_on_without_answers(at=clock.now())


@shared_task
def forget_drafts() -> None:
    """Forget unsent reports and receipts past their time; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("complaints.forget_drafts"):
            operations.forget_drafts(at=clock.now())
            integrity.forget_unsent_evidence(at=clock.now())

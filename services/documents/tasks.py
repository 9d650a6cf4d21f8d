"""What beat asks of this app."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from services.documents import operations
from services.foundation import clock, locks


@shared_task
def expire_certificates() -> None:
    """Expire what has ended, one worker at a time; the next run takes what was left."""
    with transaction.atomic():
        if locks.try_transaction_lock("documents.expire_certificates"):
            operations.expire_certificates(at=clock.now())


SCHEDULE: dict[str, Any] = {
    "expire certificates": {
        "task": "services.documents.tasks.expire_certificates",
        # Soon after midnight, and every hour for what a stopped beat has missed and for a clock that was moved.
        "schedule": crontab(minute="5"),
        "options": {"queue": "documents"},
    },
}

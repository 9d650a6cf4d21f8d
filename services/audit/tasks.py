"""Periodic work of the record."""

from celery import shared_task
from celery.schedules import crontab

from services.audit import operations
from services.foundation import clock

SCHEDULE = {
    "audit: make partitions": {
        "task": "services.audit.tasks.make_partitions",
        "schedule": crontab(hour="2", minute="40"),
    },
}


@shared_task
def make_partitions() -> None:
    """Make the partitions of the coming months; beat calls it daily, a second call finds nothing to do."""
    operations.make_partitions(at=clock.now())

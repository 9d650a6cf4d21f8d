"""Periodic work of the record."""

from celery import shared_task

from services.audit import operations
from services.foundation import clock


@shared_task
def make_partitions() -> None:
    """Make the partitions of the coming months; beat calls it daily, a second call finds nothing to do."""
    operations.make_partitions(at=clock.now())

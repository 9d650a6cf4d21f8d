"""What runs by the clock for oversight."""

from datetime import timedelta

from celery import shared_task

from oversight import operations
from services.foundation import clock

SCHEDULE = {
    "oversight: refresh the figures": {
        "task": "oversight.tasks.refresh_figures",
        "schedule": timedelta(minutes=1),
    },
}


@shared_task
def refresh_figures() -> None:
    """Bring the figures up to now; a second beat finds the lock taken, or nothing left to do."""
    operations.refresh_figures(at=clock.now())

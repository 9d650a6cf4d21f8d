"""What beat does for accounts."""

from celery import shared_task
from celery.schedules import crontab

from services.accounts import operations
from services.foundation import clock

SCHEDULE = {
    "accounts: discard stale sign-ups": {
        "task": "services.accounts.tasks.discard_stale_signups",
        "schedule": crontab(hour="3", minute="10"),
    },
    "accounts: end unused hats": {
        "task": "services.accounts.tasks.end_unused_hats",
        "schedule": crontab(hour="3", minute="20"),
    },
    "accounts: end mandates whose last day is over": {
        "task": "services.accounts.tasks.end_mandates",
        "schedule": crontab(minute="*/15"),
    },
}


@shared_task
def discard_stale_signups() -> int:
    """Delete sign-ups that nobody confirmed within a week. Harmless when run twice."""
    return operations.discard_stale_signups(at=clock.now())


@shared_task
def end_unused_hats() -> None:
    """Warn of hats that nobody uses, and end those of which was warned. Harmless when run twice."""
    operations.end_unused_hats(at=clock.now())


@shared_task
def end_mandates() -> None:
    """Note the end of mandates whose last day is over. Harmless when run twice."""
    operations.end_mandates_past(at=clock.now())

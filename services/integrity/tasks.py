"""What beat does for integrity."""

from celery import shared_task
from celery.schedules import crontab

from services.foundation import clock
from services.integrity.pact import operations as pact

SCHEDULE = {
    "integrity: remind signers of the pact": {
        "task": "services.integrity.tasks.remind_signers",
        "schedule": crontab(hour="6", minute="10"),
    },
}


@shared_task
def remind_signers() -> int:
    """Remind whoever must sign the integrity pact. Harmless when run twice."""
    return pact.remind_signers(at=clock.now())

"""What runs by the clock for the applications of every public service."""

from celery import shared_task
from celery.schedules import crontab
from django.db import transaction

from services.applications import subscribers
from services.casework import operations as casework
from services.foundation import clock, locks

SCHEDULE = {
    "applications: let silent applications lapse": {
        "task": "services.applications.tasks.lapse_applications",
        "schedule": crontab(minute="17"),
    },
    "applications: forget what was never sent": {
        "task": "services.applications.tasks.forget_unsent_applications",
        "schedule": crontab(hour="2", minute="40"),
    },
}


@shared_task
def lapse_applications() -> None:
    """Remind applicants before the end, and let lapse what they stayed silent on; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("applications.lapse_applications"):
            at = clock.now()
            for flow in subscribers.connected():
                casework.remind_silent_applicants(flow.transition("lapse"), kind=flow.kind, at=at)
                casework.lapse_silent_cases(flow.transition("lapse"), kind=flow.kind, at=at)
                casework.lapse_silent_requests(flow.transition("ask"), kind=flow.kind, at=at)


@shared_task
def forget_unsent_applications() -> None:
    """Empty drafts that ended unsent a while ago; a second beat finds nothing left to do."""
    with transaction.atomic():
        if locks.try_transaction_lock("applications.forget_unsent_applications"):
            casework.forget_unsent_cases(at=clock.now())

"""What runs by the clock over every public service."""

from celery import shared_task
from celery.schedules import crontab

from services.casework import morning, operations
from services.foundation import clock

SCHEDULE = {
    "casework: who hears of a clock that runs out": {
        "task": "services.casework.tasks.escalate_clocks",
        "schedule": crontab(minute="*/10"),
    },
    "casework: what nobody decided in time": {
        "task": "services.casework.tasks.expire_clocks",
        "schedule": crontab(minute="*/10"),
    },
    "casework: what intake has not looked at in time": {
        "task": "services.casework.tasks.accept_silent_cases",
        "schedule": crontab(minute="*/10"),
    },
    "casework: the message of the morning to heads": {
        "task": "services.casework.tasks.tell_heads",
        "schedule": crontab(minute="*/10", hour="6-11"),
    },
    "casework: clear the desks of those who are away": {
        "task": "services.casework.tasks.begin_absences",
        "schedule": crontab(minute="*/5"),
    },
    "casework: give out by lot what waits for it": {
        "task": "services.casework.tasks.give_out_cases",
        "schedule": crontab(),
    },
    "casework: move the dates that an outage touches": {
        "task": "services.casework.tasks.move_dates",
        "schedule": crontab(minute="*/5"),
    },
    "casework: lay back what nobody touched": {
        "task": "services.casework.tasks.return_untouched_cases",
        "schedule": crontab(minute="35"),
    },
}


@shared_task
def escalate_clocks() -> None:
    """Note the rungs that the running clocks have reached; a second beat stops at the first one's lock, or finds nothing."""
    operations.escalate_clocks(at=clock.now())
    operations.escalate_looks(at=clock.now())


@shared_task
def expire_clocks() -> None:
    """Note or grant what nobody decided in time; a second beat stops at the first one's lock, or finds nothing."""
    operations.expire_clocks(at=clock.now())


@shared_task
def accept_silent_cases() -> None:
    """Accept as complete what nobody checked in time; a second beat stops at the first one's lock, or finds nothing."""
    operations.accept_silent_cases(at=clock.now())


@shared_task
def begin_absences() -> None:
    """Clear the desks of those whose absence begins; a second beat stops at the first one's lock, or finds nothing."""
    operations.begin_absences(at=clock.now())


@shared_task
def move_dates() -> None:
    """Move the dates of citizens that a confirmed outage touches; a second beat finds each moved."""
    operations.move_dates(at=clock.now())


@shared_task
def give_out_cases() -> None:
    """Draw an officer for what waits for a lot; a second beat stops at the first one's lock, or finds nothing."""
    operations.give_out_cases(at=clock.now())


@shared_task
def return_untouched_cases() -> None:
    """Lay back files and reviews that nobody touched for a working day; a second beat stops at the first one's lock, or finds nothing."""
    operations.return_untouched_cases(at=clock.now())
    operations.return_untouched_reviews(at=clock.now())


@shared_task
def tell_heads() -> None:
    """Tell every head once a day, from 06:30 on; a second beat finds everybody told."""
    morning.tell_heads(at=clock.now())

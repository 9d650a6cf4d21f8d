"""The worker of the journeys, whose beat leaves out what is done at an hour of the day: a journey tells the same at noon."""

from typing import Any

from celery import Celery
from celery.schedules import crontab

from portal.celery import app, schedule

HOURS_OF_A_DAY = 24


def is_for_any_hour(entry: dict[str, Any]) -> bool:
    """Whether beat does this at every hour of the day."""
    when = entry["schedule"]
    return not isinstance(when, crontab) or len(when.hour) == HOURS_OF_A_DAY  # type: ignore[attr-defined]


@app.on_after_finalize.connect
def assemble_schedule(sender: Celery, **_: Any) -> None:
    """Give beat what it does at every hour."""
    sender.conf.beat_schedule = {name: entry for name, entry in schedule().items() if is_for_any_hour(entry)}

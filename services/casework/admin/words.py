"""Ages and remaining times in the words of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.casework import clocks
from services.casework.models import Case
from services.casework.workflow import OBJECTED
from services.foundation.clock import local_date
from services.government import calendar


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How much of the office's time is left, in words; `tone` is late, today, running, still or over."""

    tone: str
    words: str


def age(case: Case, *, at: datetime) -> str:
    """How long ago the case was sent, in calendar days."""
    if case.submitted_at is None:
        return ""
    return since(case.submitted_at, at=at)


def since(moment: datetime, *, at: datetime) -> str:
    """How many calendar days ago it was, in words."""
    days = (local_date(at) - local_date(moment)).days
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else _("Today")


def time_left(case: Case, *, at: datetime) -> TimeLeft:
    """What is left of the office's time, in working days. No query where it is read along whether the clock stands still."""
    if case.closed_at or (case.decided_at and case.status not in OBJECTED):
        return TimeLeft("over", _("Decided") if case.decided_at else _("Ended"))
    if case.due_at is None or not case.waits_for or clocks.stands_still(case):
        return TimeLeft("still", _("The clock stands still"))
    today, due = local_date(at), local_date(case.due_at)
    if at > case.due_at:
        days = calendar.working_days_between(due, today)
        return TimeLeft("late", _late(max(days, 1)) if today > due else _("Late since today"))
    left = calendar.working_days_between(today, due)
    if left == 0:
        return TimeLeft("today", _("Due today"))
    return TimeLeft(
        "running", ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}
    )


def _late(days: int) -> str:
    return ngettext("%(days)d working day late", "%(days)d working days late", days) % {"days": days}

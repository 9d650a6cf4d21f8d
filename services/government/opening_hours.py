"""Opening hours in words: equal days that follow each other are said as one."""

import datetime as dt
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Hours = dict[str, list[str]]


def in_words(hours: Hours) -> list[str]:
    """One line a run of days, such as "Monday to Thursday: 7:30 a.m. to 4 p.m.", in the reader's language.

    `hours` maps mon…sun to [opens, closes] as "HH:MM"; a day that is missing is closed.
    """
    runs = groupby(range(len(DAYS)), key=lambda day: tuple(hours.get(DAYS[day], ())))
    return [_line(list(days), times) for times, days in runs if times]


def _line(days: list[int], times: tuple[str, ...]) -> str:
    opens, closes = (time_format(dt.time.fromisoformat(moment), "TIME_FORMAT") for moment in times)
    span = _("%(opens)s to %(closes)s") % {"opens": opens, "closes": closes}
    return _("%(days)s: %(hours)s") % {"days": _days(days), "hours": span}


def _days(days: list[int]) -> str:
    first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
    if len(days) == 1:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}

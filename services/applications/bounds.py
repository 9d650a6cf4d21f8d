"""Bounds between two answers: a day that cannot lie before another, how long something may last, a part of a number."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.catalogue import answers as stored
from services.catalogue import rules as form
from services.catalogue.definition import Limit, Question
from services.foundation.templatetags import bening as filters


def problem(question: Question, value: Any, beside: form.Answers, *, today: date) -> str:
    """What is wrong with an answer beside the earlier ones, in words that say what to do; "" where nothing is."""
    if value is None:
        return ""
    return (
        _too_early(question, value, beside)
        or _too_long(question, value, beside, today)
        or _too_many(question, value, beside)
    )


def last_day(limit: Limit, beside: form.Answers, *, today: date) -> date | None:
    """The last day that a limit allows; None where it does not hold, or where its first day is not known yet."""
    if not form.holds(limit.when, beside):
        return None
    begins = today
    if limit.since:
        given = beside.get(limit.since)
        if not given:
            return None
        begins = date.fromisoformat(given)
    after = begins + timedelta(days=limit.days) if limit.days else _years_later(begins, limit.years or 0)
    return after - timedelta(days=1)


def _too_early(question: Question, value: Any, beside: form.Answers) -> str:
    first = beside.get(question.not_before) if question.not_before else None
    if not first or value >= first:
        return ""
    return _("This cannot lie before %(day)s. Choose that day or a later one.") % {
        "day": filters.day(date.fromisoformat(first))
    }


def _too_long(question: Question, value: Any, beside: form.Answers, today: date) -> str:
    held = [(day, limit) for limit in question.lasts_at_most if (day := last_day(limit, beside, today=today))]
    if not held:
        return ""
    last, limit = min(held, key=lambda each: each[0])
    if date.fromisoformat(value) <= last:
        return ""
    return _too_long_message(limit) % {"count": limit.days or limit.years, "day": filters.day(last)}


def _too_long_message(limit: Limit) -> str:
    if limit.days:
        return ngettext(
            "This is longer than %(count)d day. Choose %(day)s or an earlier day.",
            "This is longer than %(count)d days. Choose %(day)s or an earlier day.",
            limit.days,
        )
    return ngettext(
        "This is longer than %(count)d year. Choose %(day)s or an earlier day.",
        "This is longer than %(count)d years. Choose %(day)s or an earlier day.",
        limit.years or 0,
    )


def _too_many(question: Question, value: Any, beside: form.Answers) -> str:
    most = beside.get(question.not_more_than) if question.not_more_than else None
    if most is None or value <= most:
        return ""
    return _("This cannot be more than the number you gave before. Type %(amount)s or less.") % {
        "amount": stored.in_words(question, most)
    }


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; 1 March for the 29 February that is missing there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)

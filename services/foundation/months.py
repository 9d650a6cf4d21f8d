"""Months as the government counts them: which there were, when each began, what it is called."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date

from services.foundation import clock, texts

#: How many months a page offers: a year with the present one.
OFFERED: Final = 12


def back(today: date, *, number: int = OFFERED) -> Iterator[date]:
    """The first day of this month and of the ones before it."""
    first = today.replace(day=1)
    for _number in range(number):
        yield first
        first = (first - timedelta(days=1)).replace(day=1)


def chosen(asked: str, *, today: date) -> date:
    """The first day of the month that was asked for as "2026-03"; of this one where none of those offered was."""
    return next((month for month in back(today) if f"{month:%Y-%m}" == asked), today.replace(day=1))


def choices(today: date) -> list[tuple[str, str]]:
    """The months that can be chosen, the present one first: how each is asked for, and its name."""
    return [(f"{month:%Y-%m}", name(month)) for month in back(today)]


def span(first: date) -> tuple[datetime, datetime]:
    """When the month that begins on this day began, and when the next one does, where the government is."""
    following = (first + timedelta(days=31)).replace(day=1)
    return clock.start_of(first), clock.start_of(following)


def name(day: date, *, short: bool = False) -> str:
    """A month in the reader's words."""
    return str(format_date(day, "LLL" if short else "LLLL y", locale=texts.reader_language()))

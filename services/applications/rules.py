"""What is still missing or wrong in the answers of an application: one set of rules for the page and for the sending."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.applications import bounds
from services.catalogue import answers as stored
from services.catalogue import rules as form
from services.catalogue.definition import Question, QuestionKind, ServiceDefinition
from services.foundation.templatetags import bening as filters
from services.foundation.texts import local

#: Characters, where the question sets no length of its own.
TEXT_LENGTH: Final = 200
LONG_TEXT_LENGTH: Final = 4000
#: Beyond this a number or an amount is a slip of the finger.
LARGEST: Final = 10**15
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class Gap:
    """An answer that is missing or wrong: in which group, in which item of a repeated one (0: none), and what to do."""

    group: str
    question: str
    message: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The keys of the questions for a first and a last day; empty where the form does not ask for one."""

    first: str
    last: str


def label_of(question: Question) -> str:
    """The question's label in the reader's language."""
    return local(question.label)


def longest(question: Question) -> int:
    """How many characters an answer in words may have."""
    usual = LONG_TEXT_LENGTH if question.kind is QuestionKind.LONG_TEXT else TEXT_LENGTH
    return question.max_length or usual


def missing_message(question: Question) -> str:
    """What to do about an answer that is needed and not there."""
    label = {"label": label_of(question)}
    if question.kind in {QuestionKind.CHOICE, QuestionKind.MANY, QuestionKind.YES_NO}:
        return _("Choose an answer: %(label)s") % label
    return _("Fill in: %(label)s") % label


def problem(question: Question, value: Any, *, today: date) -> str:
    """What is wrong with a stored answer, in words that say what to do; "" where nothing is. None is never wrong here."""
    check = _CHECKS.get(question.kind)
    return check(question, value, today) if check and value is not None else ""


def gaps(definition: ServiceDefinition, answers: form.Answers, *, today: date) -> list[Gap]:
    """Everything that keeps these answers from being sent, in the order of the form."""
    found: list[Gap] = []
    span = span_of(definition)
    backwards = span_problem(span, answers)
    for asked in form.asked_groups(definition, answers):
        wrong = group_gaps(asked, today=today)
        if backwards and not wrong and any(question.key == span.last for question in asked.group.questions):
            wrong.append(Gap(group=asked.group.key, question=span.last, message=backwards))
        found += wrong
    return found


def span_of(definition: ServiceDefinition) -> Span:
    """The questions that ask for the first and the last day of what is applied for."""
    return Span(definition.validity.from_answer or "", definition.validity.until_answer or "")


def span_problem(span: Span, answers: form.Answers) -> str:
    """What is wrong where the last day lies before the first; "" where nothing is, or where either is not known yet."""
    first, last = answers.get(span.first), answers.get(span.last)
    if not first or not last or last >= first:
        return ""
    return _("The last day lies before the first. Choose %(day)s or a later day.") % {
        "day": filters.day(date.fromisoformat(first))
    }


def group_gaps(asked: form.AskedGroup, *, today: date) -> list[Gap]:
    """Everything that is missing or wrong in one group."""
    group = asked.group
    if not asked.items and any(question.required and not question.when for question in group.questions):
        first = group.questions[0].key
        return [
            Gap(
                group=group.key,
                question=first,
                message=_("Add: %(item)s") % {"item": stored.item_title(group, 1)},
            )
        ]
    return [
        Gap(group=group.key, question=question.key, number=item.number, message=message)
        for item in asked.items
        for question in item.questions
        if (message := _gap_message(question, item, today))
    ]


def _gap_message(question: Question, item: form.AskedItem, today: date) -> str:
    value = item.answers[question.key]
    if value in (None, "", []):
        return missing_message(question) if question.required else ""
    wrong = problem(question, value, today=today) or bounds.problem(
        question, value, {**item.known, **item.answers}, today=today
    )
    return f"{label_of(question)}: {wrong}" if wrong else ""


def _words(question: Question, value: Any, today: date) -> str:
    limit, length = longest(question), len(value)
    if length > limit:
        return ngettext(
            "This is too long: shorten it to at most %(limit)d character (you typed %(length)d).",
            "This is too long: shorten it to at most %(limit)d characters (you typed %(length)d).",
            limit,
        ) % {"limit": limit, "length": length}
    if question.pattern and not re.fullmatch(question.pattern, value):
        return local(question.pattern_message)
    return ""


def _amount(question: Question, value: Any, today: date) -> str:
    least = question.minimum if question.minimum is not None else 0
    most = question.maximum if question.maximum is not None else LARGEST
    if value < least:
        return _("Type %(amount)s or more.") % {"amount": stored.in_words(question, least)}
    if value > most:
        return _("Type %(amount)s or less.") % {"amount": stored.in_words(question, most)}
    return ""


def _date(question: Question, value: Any, today: date) -> str:
    day = date.fromisoformat(value)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return _("Check the year: it lies too far away.")
    first = {"today": today, "tomorrow": today + timedelta(days=1)}.get(question.earliest)
    last = {"today": today, "yesterday": today - timedelta(days=1)}.get(question.latest)
    if first and day < first:
        words = (
            _("This date has passed. Choose %(day)s or a later day.")
            if day < today
            else _("This date is too soon. Choose %(day)s or a later day.")
        )
        return words % {"day": filters.day(first)}
    if last and day > last:
        return _("This date lies in the future. Check it: it can be %(day)s at the latest.") % {
            "day": filters.day(last)
        }
    return ""


def _chosen(question: Question, value: Any, today: date) -> str:
    known = {choice.value for choice in question.choices}
    chosen = value if isinstance(value, list) else [value]
    return "" if known.issuperset(chosen) else _("Choose from the answers of the list.")


_CHECKS: Final[Mapping[QuestionKind, Callable[[Question, Any, date], str]]] = {
    QuestionKind.TEXT: _words,
    QuestionKind.LONG_TEXT: _words,
    QuestionKind.NUMBER: _amount,
    QuestionKind.MONEY: _amount,
    QuestionKind.DATE: _date,
    QuestionKind.CHOICE: _chosen,
    QuestionKind.MANY: _chosen,
}

"""Kinds of questions that need a single field."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from services.applications import rules
from services.applications.fields import WholeNumberField, WordsField
from services.applications.kinds.base import Surroundings, common
from services.catalogue.definition import Question, QuestionKind
from services.foundation import clock
from services.foundation.forms import DateField, MoneyField, NikField, PhoneField, YesNoField
from services.foundation.texts import local

#: More answers than this are asked in a list that opens.
RADIOS_AT_MOST: Final = 9
#: Month and day of the date that shows how a date is typed.
EXAMPLE_DAY: Final = (3, 27)


class OneField(ABC):
    """A kind that needs a single field."""

    @abstractmethod
    def field(self, question: Question) -> forms.Field:
        """The field."""

    def stored(self, value: Any) -> Any:
        """The cleaned value as stored."""
        return value

    def shown(self, kept: Any) -> Any:
        """The stored value as the field's initial one."""
        return kept

    def fields(self, question: Question, around: Surroundings, kept: Any) -> dict[str, forms.Field]:
        """One field, named by the question's key."""
        return {question.key: self.field(question)}

    def value(self, question: Question, cleaned: Mapping[str, Any], around: Surroundings, kept: Any) -> Any:
        """The field's value, None where it is empty."""
        value = cleaned.get(question.key)
        return None if value in (None, "", []) else self.stored(value)

    def initial(self, question: Question, kept: Any) -> dict[str, Any]:
        """The stored value in the field."""
        return {} if kept is None else {question.key: self.shown(kept)}

    def lacking(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """One field is there or not."""
        return {}


class Words(OneField):
    """Words on one line, or on several."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        lines = question.kind is QuestionKind.LONG_TEXT
        return WordsField(lines=lines, **common(question, max_length=rules.longest(question)))


class Number(OneField):
    """A whole number."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        return WholeNumberField(**common(question))


class Money(OneField):
    """Whole rupiah."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        return MoneyField(**common(question))


class Date(OneField):
    """A day, stored as ISO 8601."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        settings = common(question)
        settings["help_text"] = settings["help_text"] or _("For example 27 3 %(year)d") % {
            "year": _example_year(question)
        }
        return DateField(**settings)

    def stored(self, value: date) -> str:
        """The value as stored."""
        return value.isoformat()

    def shown(self, kept: str) -> date:
        """The stored value as the field takes it."""
        return date.fromisoformat(kept)


def _example_year(question: Question) -> int:
    """The year in which a 27 March would be taken: one to come where the day must lie ahead, else one behind us."""
    today = clock.today()
    has_passed = (today.month, today.day) >= EXAMPLE_DAY
    lies_ahead = question.earliest in {"today", "tomorrow"}
    return today.year + (has_passed if lies_ahead else has_passed - 1)


class YesNo(OneField):
    """Two answers, stored as "yes" and "no"."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        field = YesNoField(**common(question))
        field.error_messages["required"] = rules.missing_message(question)
        return field

    def stored(self, value: bool) -> str:  # noqa: FBT001 (what the field gives)
        """The value as stored."""
        return "yes" if value else "no"

    def shown(self, kept: str) -> bool:
        """The stored value as the field takes it."""
        return kept == "yes"


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(choice.value, local(choice.label)) for choice in question.choices]


class Choice(OneField):
    """One answer of several: radios, or a list where there are many."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        choices, is_long = _choices(question), len(question.choices) > RADIOS_AT_MOST
        if is_long:
            choices = [("", _("Choose from the list")), *choices]
        elif not question.required:
            choices = [*choices, ("", _("No answer"))]
        widget: forms.Widget = forms.Select() if is_long else forms.RadioSelect()
        return forms.ChoiceField(choices=choices, widget=widget, **_choice_settings(question))


class Many(OneField):
    """Any number of answers of several."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        settings = _choice_settings(question)
        return forms.MultipleChoiceField(
            choices=_choices(question), widget=forms.CheckboxSelectMultiple(), **settings
        )


def _choice_settings(question: Question) -> dict[str, Any]:
    settings = common(question)
    settings["error_messages"]["invalid_choice"] = _("Choose from the answers of the list.")
    return settings


class Phone(OneField):
    """A phone number, stored as E.164."""

    def field(self, question: Question) -> forms.Field:
        """The field."""
        return PhoneField(**common(question))


class Nik:
    """A NIK that is stored is not shown again: left empty, the field keeps it."""

    def fields(self, question: Question, around: Surroundings, kept: Any) -> dict[str, forms.Field]:
        """One field; with a stored NIK it may stay empty."""
        settings = common(question)
        if kept:
            saved = _("Saved: %(masked)s. Type it again only if you want to change it.") % {
                "masked": kept["masked"]
            }
            settings |= {"help_text": saved, "required": False}
        return {question.key: NikField(**settings)}

    def value(self, question: Question, cleaned: Mapping[str, Any], around: Surroundings, kept: Any) -> Any:
        """The digits typed, else what is stored."""
        return cleaned.get(question.key) or kept or None

    def initial(self, question: Question, kept: Any) -> dict[str, Any]:
        """Nothing: a stored NIK is not sent to the browser."""
        return {}

    def lacking(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """One field is there or not."""
        return {}

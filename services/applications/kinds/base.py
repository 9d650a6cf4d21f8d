"""What every kind of question has in common: the interface of a kind, and what its form must know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from services.applications import rules
from services.catalogue.definition import Question
from services.foundation.texts import local

#: The district of an address outside this government.
ELSEWHERE: Final = "elsewhere"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form must know besides its questions: the districts to choose from, whether an address may lie elsewhere.

    `districts` are (code, name), or (name of a regency or city, its districts). `centre` is an example of a point: the
    middle of the government, latitude and longitude.
    """

    districts: Sequence[tuple[str, str | Sequence[tuple[str, str]]]] = ()
    elsewhere: bool = True
    centre: tuple[float, float] = (-2.5, 118.0)

    @property
    def has_two_levels(self) -> bool:
        """Whether districts lie in regencies, as in a province."""
        return any(not isinstance(inside, str) for _name, inside in self.districts)

    def within(self, code: str) -> "Surroundings":
        """The same, with no districts but those of one regency or city; "" leaves all."""
        if not code:
            return self
        listed = [row for first, second in self.districts for row in _rows(first, second)]
        inside = [row for row in listed if row[0] == code or row[0].startswith(f"{code}.")]
        return replace(self, districts=inside, elsewhere=False)

    @property
    def district_names(self) -> dict[str, str]:
        """The full name of each district by its code: "Cepu, Kabupaten Blora"."""
        names: dict[str, str] = {}
        for first, second in self.districts:
            if isinstance(second, str):
                names[first] = second
            else:
                names |= {code: f"{name}, {first}" for code, name in second}
        return names


def _rows(first: str, second: str | Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return [(first, second)] if isinstance(second, str) else second


class Kind(Protocol):
    """How one kind of question is asked. Field names begin with the question's key."""

    def fields(self, question: Question, around: Surroundings, kept: Any) -> dict[str, forms.Field]:
        """The fields, the first of which carries the error of the whole answer. `kept` is the stored answer."""

    def value(self, question: Question, cleaned: Mapping[str, Any], around: Surroundings, kept: Any) -> Any:
        """The answer as stored, None where nothing was typed. A NIK comes as its digits, for the operation to seal."""

    def initial(self, question: Question, kept: Any) -> dict[str, Any]:
        """What the fields show of a stored answer."""

    def lacking(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """Fields that an answer given in part still needs, with what to do. A required question needs them anyhow."""


def common(question: Question, **more: Any) -> dict[str, Any]:
    """Label, hint and the message when nothing was typed."""
    return {
        "label": rules.label_of(question),
        "help_text": escape(local(question.help)),
        "required": question.required,
        "error_messages": {"required": rules.missing_message(question)},
        **more,
    }


def fill_in(label: str) -> str:
    """The message under one field of several that is still empty."""
    return _("Fill in: %(label)s") % {"label": label}

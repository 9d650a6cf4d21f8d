"""Answers as they are stored and as they are read: on the check page, on the desk, on the certificate.

Stored values by kind of question (None: passed over without an answer):

    text, long_text     "words"                         number, money    12, 7900000 (whole rupiah)
    date                "2026-03-30"                    yes_no           "yes", "no"
    choice, many        "value", ["value", "value"]     phone            "+6281234567890"
    nik                 {"sealed": base64, "masked": "3578••••••••••01"}
    address             {"street", "rt", "rw", "district", "district_name", "postcode"}; district "" lies elsewhere
    point               {"latitude": -7.2575, "longitude": 112.7521}
"""

import base64
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel.numbers import format_decimal
from django.utils import translation
from django.utils.translation import gettext as _

from services.catalogue import rules
from services.catalogue.definition import Question, QuestionGroup, QuestionKind, ServiceDefinition
from services.foundation import identity, sealing
from services.foundation.templatetags import bening as filters
from services.foundation.texts import local

#: A kecamatan's code has three parts, 17.71.01; a regency's or city's two, and its name says what it is.
KECAMATAN_DOTS: Final = 2


@dataclass(frozen=True, slots=True)
class RenderedAnswer:
    """One question with its answer in words; "" where there is none. Lines of a long answer are split by newlines."""

    key: str
    label: str
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class RenderedGroup:
    """One group, or one item of a repeated group (`number` from 1; 0 when not repeated)."""

    key: str
    title: str
    number: int
    items: list[RenderedAnswer]


def rendered(
    definition: ServiceDefinition,
    answers: rules.Answers,
    language: str | None = None,
    *,
    changed: Collection[str] = (),
) -> list[RenderedGroup]:
    """Every asked question with its answer in words, in the reader's language. `changed` are keys to be marked so."""
    groups: list[RenderedGroup] = []
    with translation.override(language or translation.get_language()):
        for asked in rules.asked_groups(definition, answers):
            groups += [_rendered_item(asked.group, item, changed) for item in asked.items]
    return groups


def in_words(question: Question, value: Any) -> str:
    """One stored answer in words, in the active language; "" where there is none."""
    if value is None or value in ("", []):
        return ""
    write = _WRITERS.get(question.kind)
    return write(question, value) if write else str(value)


def item_title(group: QuestionGroup, number: int) -> str:
    """What one item of a repeated group is called: "Team member 2"."""
    return f"{local(group.item_name or group.title)} {number}"


def seal_nik(number: str, *, reference: str, key: str) -> dict[str, str]:
    """A NIK as it stands among the answers of a case: sealed, bound to the case and the question."""
    sealed = sealing.seal(number, bound_to=_binding(reference, key))
    return {"sealed": base64.b64encode(sealed).decode(), "masked": identity.mask_nik(number)}


def unseal_nik(value: Mapping[str, str], *, reference: str, key: str) -> str:
    """The 16 digits behind a sealed answer; raises sealing.CannotUnseal. Whoever shows them records it."""
    return sealing.unseal(base64.b64decode(value["sealed"]), bound_to=_binding(reference, key))


def _binding(reference: str, key: str) -> str:
    return f"casework.case:{reference}:answers:{key}"


def _rendered_item(group: QuestionGroup, item: rules.AskedItem, changed: Collection[str]) -> RenderedGroup:
    return RenderedGroup(
        key=group.key,
        title=item_title(group, item.number) if item.number else local(group.title),
        number=item.number,
        items=[
            RenderedAnswer(
                key=question.key,
                label=local(question.label),
                text=in_words(question, item.answers[question.key]),
                changed=question.key in changed,
            )
            for question in item.questions
        ],
    )


def _number(question: Question, value: Any) -> str:
    return format_decimal(value, locale=(translation.get_language() or "id").split("-")[0])


def _date(question: Question, value: Any) -> str:
    return filters.day(date.fromisoformat(value))


def _yes_no(question: Question, value: Any) -> str:
    return _("Yes") if value == "yes" else _("No")


def _chosen(question: Question, value: Any) -> str:
    labels = {choice.value: local(choice.label) for choice in question.choices}
    chosen: list[str] = value if isinstance(value, list) else [value]
    return "\n".join(labels.get(each, each) for each in chosen)


def _address(question: Question, value: Any) -> str:
    neighbourhood = " ".join(f"{part.upper()} {value[part]}" for part in ("rt", "rw") if value[part])
    name = value["district_name"]
    is_kecamatan = value["district"].count(".") == KECAMATAN_DOTS
    district = _("Kecamatan %(name)s") % {"name": name} if name and is_kecamatan else name
    return "\n".join(filter(None, (value["street"], neighbourhood, district, value["postcode"])))


def _point(question: Question, value: Any) -> str:
    return f"{value['latitude']:.6f}, {value['longitude']:.6f}"


_WRITERS: Final[Mapping[QuestionKind, Callable[[Question, Any], str]]] = {
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: lambda _question, value: filters.rupiah(value),
    QuestionKind.DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _chosen,
    QuestionKind.MANY: _chosen,
    QuestionKind.NIK: lambda _question, value: value["masked"],
    QuestionKind.ADDRESS: _address,
    QuestionKind.POINT: _point,
}

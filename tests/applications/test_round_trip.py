"""Whatever a person types comes back as it was understood: from the fields to what is stored, and to the fields again."""

import json
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from services.applications.forms import GroupForm
from services.applications.kinds import ELSEWHERE, Surroundings
from services.catalogue.answers import seal_nik
from tests.factories import applications
from tests.factories.applications import asked, group

AROUND = Surroundings(districts=((applications.GENTENG, "Genteng"), ("35.78.31", "Sambikerep")))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SEVERAL_LINES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n"), max_size=200)


def form_of(kind: str, sent: dict[str, Any], *, kept: Any = None, **more: Any) -> GroupForm:
    asked_group = group(asked("thing", kind, required=False, **more))
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return GroupForm(asked_group, kept={"thing": kept}, known={}, around=AROUND, data=data)


def answer_of(kind: str, sent: dict[str, Any], **more: Any) -> Any:
    form = form_of(kind, sent, **more)
    assert form.is_valid(), form.errors
    return form.answers["thing"]


def sent_again(kind: str, stored: Any) -> dict[str, Any]:
    """What a browser sends when a page that shows a stored answer is saved untouched."""
    form = GroupForm(
        group(asked("thing", kind, required=False)), kept={"thing": stored}, known={}, around=AROUND
    )
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if hasattr(field.widget, "decompress"):
            parts = zip(field.widget.widgets_names, field.widget.decompress(value), strict=True)
            sent |= {f"q-{name}{suffix}": str(part) for suffix, part in parts}
        elif isinstance(value, list):
            sent[f"q-{name}"] = [str(each) for each in value]
        elif value is not None:
            sent[f"q-{name}"] = str(value)
    return sent


def assert_comes_back(kind: str, sent: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(answer_of(kind, sent)))
    assert answer_of(kind, sent_again(kind, stored), kept=stored) == stored


@settings(deadline=None)
@given(WORDS)
def test_words_come_back(words: str) -> None:
    assert_comes_back("text", {"q-thing": words})


@settings(deadline=None)
@given(SEVERAL_LINES)
def test_several_lines_come_back(words: str) -> None:
    assert_comes_back("long_text", {"q-thing": words})


@settings(deadline=None)
@given(st.integers(0, 10**15))
def test_numbers_and_amounts_come_back(number: int) -> None:
    assert answer_of("number", {"q-thing": str(number)}) == number
    assert answer_of("money", {"q-thing": f"Rp{number:,}".replace(",", ".")}) == number
    assert_comes_back("number", {"q-thing": str(number)})
    assert_comes_back("money", {"q-thing": str(number)})


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_dates_come_back(day: date) -> None:
    sent = {"q-thing_day": str(day.day), "q-thing_month": str(day.month), "q-thing_year": str(day.year)}
    assert answer_of("date", sent) == day.isoformat()
    assert_comes_back("date", sent)


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("yes_no", "yes"),
        ("yes_no", "no"),
        ("yes_no", ""),
        ("choice", "shop"),
        ("choice", ""),
        ("many", ["home", "shop"]),
        ("many", []),
        ("phone", "0812 3456 7890"),
        ("phone", ""),
    ],
)
def test_choices_and_phones_come_back(kind: str, sent: Any) -> None:
    assert_comes_back(kind, {"q-thing": sent})


@settings(deadline=None)
@given(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=50),
    st.sampled_from([applications.GENTENG, "35.78.31", ELSEWHERE]),
    st.from_regex(r"\A(\d{5})?\Z"),
    st.from_regex(r"\A(\d{1,3})?\Z"),
)
def test_addresses_come_back(street: str, district: str, postcode: str, rt: str) -> None:
    ascii_digits = {"q-thing__postcode": postcode, "q-thing__rt": rt}
    if all(value.isascii() for value in ascii_digits.values()):
        sent = {"q-thing__street": street, "q-thing__district": district, "q-thing__rw": "", **ascii_digits}
        assert_comes_back("address", sent)


@settings(deadline=None)
@given(st.floats(-11, 6), st.floats(95, 141))
def test_points_come_back(latitude: float, longitude: float) -> None:
    sent = {
        "q-thing__latitude": f"{latitude:.7f}".replace(".", ","),
        "q-thing__longitude": f"{longitude:.7f}",
    }
    assert_comes_back("point", sent)


def test_a_stored_nik_is_kept_when_the_field_is_left_empty() -> None:
    stored = seal_nik(applications.NIK, reference="P-7K3F9-QXM2E", key="thing")
    assert answer_of("nik", {"q-thing": ""}, kept=stored) == stored


def test_a_new_nik_comes_as_its_digits() -> None:
    assert answer_of("nik", {"q-thing": "3578 0155 0290 0000"}) == applications.NIK

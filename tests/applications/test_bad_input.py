"""What people get wrong is told beside the field, in words that say what to do, and what they typed stays."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from services.applications.forms import GroupForm
from services.applications.kinds import Surroundings
from services.applications.rules import Span
from services.foundation import clock
from tests.factories import applications
from tests.factories.applications import asked, group

AROUND = Surroundings(districts=((applications.GENTENG, "Genteng"),))


def form_of(kind: str, sent: dict[str, str], **more: Any) -> GroupForm:
    data = QueryDict(mutable=True)
    data.update(sent)
    return GroupForm(group(asked("thing", kind, **more)), kept={}, known={}, around=AROUND, data=data)


def words_of(form: GroupForm, field: str) -> str:
    return " ".join(str(message) for message in form.errors[field])


@pytest.mark.parametrize(
    ("kind", "sent", "field", "words"),
    [
        ("text", {}, "thing", "Fill in: Thing (en)"),
        ("text", {"q-thing": "  \t "}, "thing", "Fill in"),
        ("text", {"q-thing": "x" * 201}, "thing", "shorten it to at most 200 characters (you typed 201)"),
        ("long_text", {"q-thing": "x" * 5000}, "thing", "at most 4000 characters"),
        ("number", {"q-thing": "twelve"}, "thing", "whole number in digits"),
        ("number", {"q-thing": "1,5"}, "thing", "whole number in digits"),
        ("number", {"q-thing": "9" * 40}, "thing", "whole number in digits"),
        ("money", {"q-thing": "a lot"}, "thing", "whole rupiah"),
        ("date", {}, "thing", "Fill in"),
        (
            "date",
            {"q-thing_day": "30", "q-thing_month": "2", "q-thing_year": "2026"},
            "thing",
            "does not exist",
        ),
        ("date", {"q-thing_day": "3", "q-thing_year": "2026"}, "thing", "month"),
        ("date", {"q-thing_day": "3", "q-thing_month": "4", "q-thing_year": "26"}, "thing", "four digits"),
        ("yes_no", {}, "thing", "Choose an answer"),
        ("choice", {"q-thing": "castle"}, "thing", "Choose from the answers"),
        ("many", {"q-thing": "castle"}, "thing", "Choose from the answers"),
        ("nik", {"q-thing": "357801550290000"}, "thing", "16 digits"),
        ("nik", {"q-thing": "9978015502900000"}, "thing", "name no regency"),
        ("nik", {"q-thing": "35780155029000ab"}, "thing", "only digits"),
        ("phone", {"q-thing": "12"}, "thing", "cannot be reached"),
        ("address", {"q-thing__street": "Jl. Tunjungan"}, "thing__district", "Fill in: District"),
        ("address", {"q-thing__district": applications.GENTENG}, "thing__street", "Fill in: Street"),
        ("address", {"q-thing__street": "J", "q-thing__district": "99.99"}, "thing__district", "Choose from"),
        (
            "address",
            {"q-thing__street": "J", "q-thing__district": applications.GENTENG, "q-thing__postcode": "602"},
            "thing__postcode",
            "5 digits",
        ),
        (
            "point",
            {"q-thing__latitude": "south", "q-thing__longitude": "112.7"},
            "thing__latitude",
            "decimal number",
        ),
        (
            "point",
            {"q-thing__latitude": "52.5", "q-thing__longitude": "13.4"},
            "thing__latitude",
            "not in Indonesia",
        ),
        ("point", {"q-thing__latitude": "-7.2"}, "thing__longitude", "Fill in"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field(
    kind: str, sent: dict[str, str], field: str, words: str
) -> None:
    with translation.override("en"):
        form = form_of(kind, sent)
        assert not form.is_valid()
        assert words in words_of(form, field)


def test_a_birth_date_in_the_future_is_told() -> None:
    sent = {"q-thing_day": "1", "q-thing_month": "1", "q-thing_year": "2099"}
    with translation.override("en"):
        form = form_of("date", sent, latest="today")
        assert "lies in the future" in words_of(form, "thing")


def test_half_a_point_is_told_even_where_a_point_may_be_left_out() -> None:
    with translation.override("en"):
        form = form_of("point", {"q-thing__latitude": "-7.2"}, required=False)
        assert "Longitude" in words_of(form, "thing__longitude")


def test_half_an_address_is_told_even_where_an_address_may_be_left_out() -> None:
    with translation.override("en"):
        form = form_of("address", {"q-thing__rt": "001"}, required=False)
        assert set(form.errors) == {"thing__street", "thing__district"}


def test_what_was_typed_stays_beside_the_message() -> None:
    form = form_of("number", {"q-thing": "about twelve"})
    assert 'value="about twelve"' in str(form["thing"])


def test_a_pattern_says_what_to_type() -> None:
    message = {"id": "Tulis 13 angka.", "en": "Type 13 digits."}
    with translation.override("en"):
        form = form_of("text", {"q-thing": "12"}, pattern=r"\d{13}", pattern_message=message)
        assert form.errors["thing"] == ["Type 13 digits."]


def test_a_wrong_answer_to_a_question_that_is_not_asked_is_no_error() -> None:
    questions = [
        asked("has_music", "yes_no"),
        asked("players", "number", when={"question": "has_music", "one_of": ["yes"]}),
    ]
    data = QueryDict("q-has_music=no&q-players=many")
    form = GroupForm(group(*questions), kept={}, known={}, around=AROUND, data=data)
    assert form.is_valid()
    assert form.answers == {"has_music": "no", "players": None}


def test_a_last_day_before_the_first_is_told_at_the_last_day() -> None:
    days = [asked("first_day", "date"), asked("last_day", "date")]
    typed = "q-first_day_day=2&q-first_day_month=4&q-first_day_year=2026"
    data = QueryDict(f"{typed}&q-last_day_day=1&q-last_day_month=4&q-last_day_year=2026")
    span = Span("first_day", "last_day")
    with translation.override("en"):
        form = GroupForm(group(*days), kept={}, known={}, around=AROUND, span=span, data=data)
        assert list(form.errors) == ["last_day"]
        assert "Thursday, 2 April 2026" in words_of(form, "last_day")


@pytest.mark.parametrize(("earliest", "is_ahead"), [("tomorrow", True), ("any", False)])
def test_the_example_of_a_date_would_be_taken(earliest: str, *, is_ahead: bool) -> None:
    form = GroupForm(
        group(asked("thing", "date", earliest=earliest)), kept={}, known={}, around=AROUND, data=None
    )
    year = int(str(form.fields["thing"].help_text).split()[-1])
    assert (date(year, 3, 27) > clock.today()) is is_ahead


def test_control_characters_are_taken_off() -> None:
    form = form_of("text", {"q-thing": "Wa\x07\0rung\u200b Bu  Sri"})
    assert form.is_valid()
    assert form.answers["thing"] == "Warung\u200b Bu Sri"

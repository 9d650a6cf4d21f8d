"""Forms: what people type is read, and what is wrong is said in words that help."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from services.foundation.forms import (
    CodeField,
    DateField,
    MoneyField,
    NikField,
    Option,
    PhoneField,
    PhotosField,
    ReferenceField,
    YesNoField,
)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def form_with(data: dict[str, Any] | None = None, **fields: forms.Field) -> forms.Form:
    form_class: type[forms.Form] = type("TestForm", (forms.Form,), fields)
    return form_class(data)


@pytest.mark.parametrize("boxes", [["31", "3", "1990"], ["31", "Maret", "1990"], [" 31", "mar", "1990 "]])
def test_a_date_is_read_from_three_boxes(boxes: list[str]) -> None:
    assert DateField().clean(boxes) == date(1990, 3, 31)


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        (["", "3", "1990"], (0,)),
        (["31", "", ""], (1, 2)),
        (["31", "13", "1990"], (1,)),
        (["31", "3", "90"], (2,)),
        (["30", "2", "1990"], (0, 1)),
        (["x", "2", "1990"], (0,)),
        (["¹", "2", "1990"], (0,)),
        (["1", "²", "1990"], (1,)),
    ],
)
def test_a_wrong_date_says_in_which_box(boxes: list[str], wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(boxes)
    assert refusal.value.boxes == wrong  # type: ignore[attr-defined]


def test_an_open_date_is_none_and_a_required_one_asks_for_all_three() -> None:
    assert DateField(required=False).clean(["", "", ""]) is None
    with pytest.raises(ValidationError, match="day, month and year"):
        DateField().clean(["", "", ""])


def test_what_was_typed_into_a_date_comes_back() -> None:
    form = form_with({"born_day": "41", "born_month": "Maret", "born_year": "1990"}, born=DateField())
    html = str(form)
    assert 'value="41"' in html
    assert 'value="Maret"' in html
    assert 'aria-describedby="id_born_error"' in html


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("7900000", 7900000),
        ("Rp7.900.000", 7900000),
        ("rp 7,900,000", 7900000),
        ("7.900.000,00", 7900000),
        ("15.000,-", 15000),
        ("0", 0),
        ("1 500 000", 1500000),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, amount: int) -> None:
    assert MoneyField().clean(typed) == amount


@pytest.mark.parametrize("typed", ["seribu", "1.5", "12.34.567", "-5", "1,5 juta", "1.500,50"])
def test_money_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_money_is_shown_with_its_points() -> None:
    assert 'value="7.900.000"' in str(form_with(None, fee=MoneyField(initial=7_900_000)))


def test_phone_nik_and_reference_are_read_by_the_foundation() -> None:
    assert PhoneField().clean("0812 3456 7890") == "+6281234567890"
    assert NikField().clean("3578 0155 0290 0000") == "3578015502900000"
    assert ReferenceField(required=False).clean("") == ""
    with pytest.raises(ValidationError, match="16 digits"):
        NikField().clean("123")


def test_a_code_may_be_pasted_with_spaces() -> None:
    assert CodeField().clean(" 123 456") == "123456"
    with pytest.raises(ValidationError, match="6 digits"):
        CodeField().clean("12345")


def test_yes_and_no_become_booleans() -> None:
    assert YesNoField().clean("yes") is True
    assert YesNoField().clean("no") is False
    assert YesNoField(required=False).clean("") is None
    assert 'value="no" checked' in str(form_with(None, lit=YesNoField(initial=False)))


def test_several_photos_are_a_list_and_none_is_asked_for() -> None:
    photos = [SimpleUploadedFile(name, b"x") for name in ("1.jpg", "2.jpg")]
    form_class = type("PhotosForm", (forms.Form,), {"photos": PhotosField()})
    form = form_class({}, MultiValueDict({"photos": photos}))
    assert form.is_valid()
    assert [photo.name for photo in form.cleaned_data["photos"]] == ["1.jpg", "2.jpg"]
    assert form_class({}, {}).errors["photos"] == ["Choose a file or take a photo"]


def test_an_empty_field_says_what_to_do_and_the_summary_names_it() -> None:
    form = form_with(
        {}, name=forms.CharField(label="Full name"), truth=forms.BooleanField(label="It is true")
    )
    html = str(form)
    assert "Fill this in" in html
    assert "Tick this box to go on" in html
    assert form["name"].summary_messages == ["Full name: Fill this in"]  # type: ignore[attr-defined]


def test_own_words_for_an_empty_field_win() -> None:
    form = form_with({}, name=forms.CharField(error_messages={"required": "Type your name"}))
    assert form["name"].summary_messages == ["Type your name"]  # type: ignore[attr-defined]


def test_choices_stand_in_a_fieldset_with_hints() -> None:
    place = forms.ChoiceField(
        label="Where?", choices=[("own", Option("My land", "You need the deed"))], widget=forms.RadioSelect
    )
    html = str(form_with(None, place=place))
    assert "<legend" in html
    assert 'aria-describedby="id_place_0_hint"' in html


def test_an_answer_is_never_written_as_html() -> None:
    html = str(form_with({"name": "<script>"}, name=forms.CharField(max_length=3)))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_heading_field_is_the_heading_of_its_page() -> None:
    form = form_with(None, name=forms.CharField(label="Your name"))
    form.heading_field = "name"  # type: ignore[attr-defined]
    assert '<h1 class="govuk-label-wrapper">' in str(form)


def test_what_is_pasted_is_not_cut_off_in_silence_but_refused_with_a_word() -> None:
    form = form_with({"name": "a" * 10_000}, name=forms.CharField(max_length=150))
    name: Any = form["name"]
    assert "maxlength" not in name.control
    assert "150" in form.errors["name"][0]
    assert "a" * 10_000 in name.control

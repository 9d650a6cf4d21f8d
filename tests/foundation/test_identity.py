"""NIK and phone numbers."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from pytest_django import Settings

from services.foundation import identity

pytestmark = pytest.mark.usefixtures("_in_2026")


@pytest.fixture
def _in_2026() -> object:
    with time_machine.travel(datetime(2026, 11, 24, 3, tzinfo=UTC), tick=False):
        yield


def test_a_nik_tells_region_birth_and_sex() -> None:
    nik = identity.parse_nik("3578 0155 0290 0000")
    assert nik == identity.Nik("3578015502900000", "35.78.01", date(1990, 2, 15), is_female=True)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("3578011708050001", date(2005, 8, 17)),
        ("3578011708450001", date(1945, 8, 17)),
        ("3578012411260001", date(2026, 11, 24)),
        ("3578012511260001", date(1926, 11, 25)),
        ("3578012902000001", date(2000, 2, 29)),
        ("3578016902040001", date(2004, 2, 29)),
    ],
)
def test_the_century_is_the_latest_that_is_not_in_the_future(number: str, born: date) -> None:
    assert identity.parse_nik(number).birth_date == born


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "digits"),
        ("35780155029000OO", "digits"),
        ("³578015502900000", "digits"),
        ("357801550290000", "length"),
        ("35780155029000000", "length"),
        ("3578013213900001", "birth_date"),
        ("3578010002900001", "birth_date"),
        ("3578014002900001", "birth_date"),
        ("3578013002900001", "birth_date"),
        ("9978011502900001", "region"),
        ("3578001502900001", "region"),
    ],
)
def test_a_wrong_nik_is_told_by_its_wrong_part(typed: str, code: str) -> None:
    with pytest.raises(identity.NotANik) as refusal:
        identity.parse_nik(typed)
    assert refusal.value.code == code
    assert refusal.value.field == "nik"


def test_a_demo_nik_is_refused_where_people_are_real(settings: Settings) -> None:
    settings.ACCEPT_DEMO_NIK = False
    with pytest.raises(identity.NotANik) as refusal:
        identity.parse_nik("3578015502900000")
    assert refusal.value.code == "serial"
    assert identity.parse_nik("3578015502900001").number == "3578015502900001"


def test_masks_show_enough_for_their_owner_and_no_more() -> None:
    assert identity.mask_nik("3578015502900017") == "3578••••••••••17"
    assert identity.mask_nik("35") == "••"
    assert identity.mask_phone("+6281234567890") == "+62••••••••890"
    assert identity.mask_phone("+62") == "•••"
    assert identity.mask_email("siti@example.com") == "s•••@example.com"


@pytest.mark.parametrize(
    "typed", ["0812 3456 7890", "6281234567890", "+62 812-3456-7890", " 081234567890 ", "0062812 3456 7890"]
)
def test_a_phone_number_is_read_as_people_write_it(typed: str) -> None:
    typed = typed.replace("0062", "+62")
    assert identity.parse_phone(typed) == "+6281234567890"


def test_a_foreign_phone_number_keeps_its_country() -> None:
    assert identity.parse_phone("+65 6123 4567") == "+6561234567"


@pytest.mark.parametrize("typed", ["", "0812", "abc", "+", "081234567890123456", "112", "62"])
def test_what_cannot_be_called_is_refused_in_plain_words(typed: str) -> None:
    with pytest.raises(identity.NotAPhone) as refusal:
        identity.parse_phone(typed)
    assert "0812 3456 7890" in str(refusal.value)

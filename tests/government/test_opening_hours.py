"""Opening hours in words."""

from django.utils import translation

from services.government import opening_hours

OFFICE = {day: ["07:30", "16:00"] for day in ("mon", "tue", "wed", "thu")} | {"fri": ["07:30", "15:00"]}


def test_equal_days_that_follow_each_other_are_said_as_one() -> None:
    with translation.override("en"):
        lines = opening_hours.in_words(OFFICE)
    assert lines == ["Monday to Thursday: 7:30 a.m. to 4 p.m.", "Friday: 7:30 a.m. to 3 p.m."]


def test_days_and_times_are_in_the_reader_s_language() -> None:
    with translation.override("id"):
        lines = opening_hours.in_words({"sat": ["08:00", "12:30"]})
    assert "Sabtu" in lines[0]
    assert "8.00" in lines[0]


def test_a_closed_day_between_splits_the_run() -> None:
    with translation.override("en"):
        lines = opening_hours.in_words({"mon": ["08:00", "12:00"], "wed": ["08:00", "12:00"]})
    assert lines == ["Monday: 8 a.m. to noon", "Wednesday: 8 a.m. to noon"]


def test_an_office_that_is_never_open_says_nothing() -> None:
    assert opening_hours.in_words({}) == []

"""The working calendar: the start day never counts, holidays and joint leave do not, overrides have the last word."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from services.government import calendar
from tests.factories import government

pytestmark = pytest.mark.django_db

VECTORS = {
    "2026-03-16": "2026-03-26 2026-03-30 2026-04-07 2026-04-13 2026-04-16 2026-05-06 2026-06-25",
    "2026-05-13": "2026-05-20 2026-05-22 2026-06-03 2026-06-09 2026-06-12 2026-07-02 2026-08-13",
    "2026-11-24": "2026-11-27 2026-12-01 2026-12-08 2026-12-14 2026-12-17 2027-01-11 2027-02-23",
    "2026-12-23": "2026-12-30 2027-01-04 2027-01-12 2027-01-18 2027-01-21 2027-02-10 2027-04-05",
}
AMOUNTS = (3, 5, 10, 14, 17, 30, 60)
CASES = [
    (start, amount, end)
    for start, ends in VECTORS.items()
    for amount, end in zip(AMOUNTS, ends.split(), strict=True)
]
BEFORE_EID = dt.datetime.fromisoformat("2026-03-16T09:15:00+07:00")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("start", "amount", "end"), CASES)
def test_working_days_of_the_known_vectors(start: str, amount: int, end: str) -> None:
    assert calendar.add_working_days(day(start), amount) == day(end)


@pytest.mark.parametrize(("start", "amount", "end"), CASES)
def test_counting_back_gives_the_same_number(start: str, amount: int, end: str) -> None:
    assert calendar.working_days_between(day(start), day(end)) == amount


def test_no_working_day_lies_between_a_day_and_itself_or_an_earlier_one() -> None:
    assert calendar.working_days_between(day("2026-11-24"), day("2026-11-24")) == 0
    assert calendar.working_days_between(day("2026-11-24"), day("2026-11-20")) == 0


def test_zero_working_days_end_on_the_start_day_even_on_a_sunday() -> None:
    assert calendar.add_working_days(day("2026-11-22"), 0) == day("2026-11-22")


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        calendar.add_working_days(day("2026-11-24"), -1)


def test_a_weekend_and_joint_leave_are_no_working_days() -> None:
    assert not calendar.is_working_day(day("2026-11-28"))
    assert not calendar.is_working_day(day("2026-12-24"))
    assert calendar.is_working_day(day("2026-12-23"))


def test_working_days_run_out_at_the_end_of_the_last_day_where_the_government_is() -> None:
    due = calendar.due_at(BEFORE_EID, amount=5, unit="WORKING_DAY")
    assert due == dt.datetime.fromisoformat("2026-03-30T23:59:59+07:00")


def test_the_start_day_is_the_local_one_although_it_is_still_yesterday_in_utc() -> None:
    just_after_midnight = dt.datetime.fromisoformat("2026-11-23T17:30:00+00:00")
    due = calendar.due_at(just_after_midnight, amount=3, unit="WORKING_DAY")
    assert due == dt.datetime.fromisoformat("2026-11-27T23:59:59+07:00")


def test_calendar_days_run_through_holidays() -> None:
    due = calendar.due_at(BEFORE_EID, amount=5, unit="CALENDAR_DAY")
    assert due == dt.datetime.fromisoformat("2026-03-21T23:59:59+07:00")


def test_hours_run_to_the_second() -> None:
    assert calendar.due_at(BEFORE_EID, amount=24, unit="HOUR") == BEFORE_EID + dt.timedelta(hours=24)


def test_an_override_closes_the_offices_on_a_working_day() -> None:
    government.with_overrides(government.override("2026-11-25", works=False))
    assert calendar.add_working_days(day("2026-11-24"), 1) == day("2026-11-26")


def test_an_override_opens_the_offices_on_a_saturday() -> None:
    government.with_overrides(government.override("2026-11-28", works=True))
    assert calendar.add_working_days(day("2026-11-27"), 1) == day("2026-11-28")


def test_a_changed_override_counts_at_once() -> None:
    government.with_overrides(government.override("2026-11-25", works=False))
    assert not calendar.is_working_day(day("2026-11-25"))
    government.with_overrides()
    assert calendar.is_working_day(day("2026-11-25"))


def test_overrides_are_read_once_and_then_kept(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        calendar.add_working_days(day("2026-11-24"), 60)
        calendar.working_days_between(day("2026-01-01"), day("2026-12-31"))

"""The office's clock in every unit that a standard may promise in, and what stops it."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from permits import operations as permits
from services.accounts.models import User
from services.casework import clocks
from services.casework import operations as casework
from services.casework.models import Case
from services.catalogue import wording
from services.catalogue.definition import Duration
from services.foundation import clock
from services.foundation.templatetags.bening import due
from tests.factories import casework as cases
from tests.factories import machine

pytestmark = pytest.mark.django_db


def in_review(citizen: User, intake: User, *, at: datetime, **changes: object) -> Case:
    version = machine.service(**changes)
    return cases.accepted_application(citizen, intake, version=version, at=at)


def shown(case: Case, *, at: datetime) -> str:
    running = clocks.office_clock(case, at=at)
    assert running is not None
    with override("en"):
        return wording.passed(running.passed, of=running.of)


def in_hours(amount: int, unit: str = "HOUR") -> dict[str, object]:
    step = {"key": "look", "title": {"id": "Periksa", "en": "Check"}, "hat": "REVIEWER", "days": amount}
    return {"time": {"amount": amount, "unit": unit}, "steps": [step]}


@pytest.mark.parametrize(
    ("unit", "passed", "words"),
    [
        ("HOUR", timedelta(minutes=150), "Hour 2 of 4"),
        ("MINUTE", timedelta(seconds=185), "Minute 3 of 4"),
        ("CALENDAR_DAY", timedelta(days=2, hours=1), "Day 2 of 4"),
        ("HOUR", timedelta(minutes=5), "Just started"),
    ],
)
def test_the_clock_counts_in_the_unit_that_was_promised(
    unit: str, passed: timedelta, words: str, citizen: User, intake: User
) -> None:
    at = clock.now()
    case = in_review(citizen, intake, at=at, **in_hours(4, unit))
    assert shown(case, at=at + passed) == words


def test_a_promise_of_hours_stands_still_while_the_applicant_is_asked(
    citizen: User, intake: User, reviewer: User
) -> None:
    at = clock.now()
    case = in_review(citizen, intake, at=at, **in_hours(4))
    assert case.due_at == at + timedelta(hours=4)
    casework.take_case(case, actor=reviewer, at=at)
    asked_at, answered_at = at + timedelta(hours=1), at + timedelta(days=2)
    permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa?"), at=asked_at)
    case = cases.answered(case, citizen, "Tiga", at=answered_at)

    assert case.due_at == answered_at + timedelta(hours=3)
    assert shown(case, at=answered_at + timedelta(minutes=1)) == "Hour 1 of 4"


def test_where_the_machine_decides_people_have_the_time_promised_for_them(
    citizen: User, intake: User
) -> None:
    at = clock.now()
    promised = in_hours(10, "MINUTE") | {"time_by_people": {"amount": 1}}
    case = in_review(citizen, intake, at=at, **promised)

    assert case.due_at == clocks.due_after(at, Duration(amount=1))
    assert shown(case, at=at) == "Just started"


def test_by_when_is_a_day_or_a_minute() -> None:
    at = datetime.fromisoformat("2026-11-24T02:00:00+00:00")
    with override("en"):
        assert (
            due(clocks.due_after(at, Duration(amount=1, unit="CALENDAR_DAY")))
            == "Wednesday, 25 November 2026"
        )
        assert due(clocks.due_after(at, Duration(amount=10, unit="MINUTE"))) == "24 November 2026, 09:10 WIB"
        assert wording.duration(Duration(amount=10, unit="MINUTE")) == "10 minutes"
        assert wording.part(0, of=Duration(amount=4, unit="HOUR")) == "at once"
        assert wording.part(0, of=Duration(amount=4)) == "the same day"

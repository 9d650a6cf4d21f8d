"""Where the standard says so, what nobody checked in time counts as complete; and what a changed holiday does to open dates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from services.accounts.models import User
from services.casework import clocks, clockwords
from services.casework import operations as casework
from services.casework.models import Case
from services.notifications.models import Notice
from tests.factories import casework as cases
from tests.factories import catalogue, government, reviews

WIB = ZoneInfo("Asia/Jakarta")
#: A Monday; intake has one working day.
START = datetime(2026, 11, 2, 10, tzinfo=WIB)
PASSED = datetime(2026, 11, 4, 0, 5, tzinfo=WIB)


def sent(citizen: User, **changes: Any) -> Case:
    version = catalogue.published_version(**{"slug": "izin-diam", **changes})
    return cases.submitted_application(citizen, version=version, at=START)


@pytest.fixture
def silent(citizen: User) -> Case:
    """Sent to a service whose silence at intake means complete."""
    return sent(citizen, intake_silence="complete")


def test_what_nobody_checked_in_time_counts_as_complete_once(
    silent: Case, deliver_outbox: Callable[[], int]
) -> None:
    assert silent.due_at
    assert casework.accept_silent_cases(at=silent.due_at - timedelta(minutes=1)) == 0
    assert [casework.accept_silent_cases(at=PASSED) for _each in range(2)] == [1, 0]
    silent.refresh_from_db()
    assert (silent.status, silent.complete_at) == ("IN_REVIEW", PASSED)
    assert silent.due_at == clocks.due_after(PASSED, silent.service_version.parsed.time)
    deliver_outbox()
    assert Notice.objects.filter(notice="applications/accepted_by_silence").count() == 1


def test_without_the_switch_it_is_only_late(citizen: User) -> None:
    case = sent(citizen)
    assert casework.accept_silent_cases(at=PASSED) == 0
    assert clockwords.afterwards(case) == ""


def test_what_lies_on_a_desk_is_taken_along_and_what_was_returned_is_left(
    silent: Case, citizen: User, intake: User
) -> None:
    returned = cases.returned_application(citizen, intake, at=START, version=silent.service_version)
    casework.take_case(silent, actor=intake, reason_code="COUNTER", at=START)
    assert casework.accept_silent_cases(at=PASSED) == 1
    for case, status in ((silent, "IN_REVIEW"), (returned, "RETURNED")):
        case.refresh_from_db()
        assert (case.status, case.assignee) == (status, None)


def test_the_applicant_reads_beforehand_what_silence_means(silent: Case) -> None:
    with override("en"):
        assert "your file counts as complete" in clockwords.afterwards(silent)


def test_a_holiday_that_came_counts_before_the_dates_are_computed_again(silent: Case) -> None:
    government.with_overrides(government.override("2026-11-03", works=False))
    assert casework.accept_silent_cases(at=PASSED) == 0
    casework.recompute_open_clocks(at=PASSED)
    assert casework.accept_silent_cases(at=PASSED + timedelta(days=1)) == 1


def test_a_holiday_moves_the_dates_of_open_reviews_once(citizen: User, intake: User) -> None:
    version = reviews.reviewed_service()
    case = cases.accepted_application(citizen, intake, version=version, at=START)
    before = case.reviews.get(key="content").due_at
    government.with_overrides(government.override("2026-11-03", works=False))
    assert [casework.recompute_reviews(at=START) for _each in range(2)] == [2, 0]
    assert case.reviews.get(key="content").due_at == before + timedelta(days=1)


def test_a_holiday_puts_off_the_date_of_an_applicant_and_never_brings_it_forward(
    citizen: User, intake: User
) -> None:
    case = cases.returned_application(citizen, intake, at=START)
    before = case.applicant_due_at
    assert before
    Case.objects.filter(pk=case.pk).update(applicant_due_at=before - timedelta(days=1))
    assert [casework.recompute_applicants_dates(at=START) for _each in range(2)] == [1, 0]
    Case.objects.filter(pk=case.pk).update(applicant_due_at=before + timedelta(days=1))
    assert casework.recompute_applicants_dates(at=START) == 0

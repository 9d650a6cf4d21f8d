"""Figures of small worlds, counted by hand, and kept the same however often they are counted."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oversight import operations
from oversight.models import DailyFigure, Refresh, Stay
from oversight.queries import cases as seen
from permits import operations as permits
from services.accounts.models import User
from services.casework import workload
from services.casework.models import Case
from services.foundation import locks
from tests.factories.casework import filled_application
from tests.oversight.world import Office, figures, may

FLOWS = ("IN", "OUT", "DAYS", "IN_TIME", "OVER_TIME")


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_case_granted_in_time(office: Office, citizen: User) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))

    operations.refresh_figures(at=may(12))

    assert figures(*FLOWS) == {
        ("05-04", "IN", ""): 1,
        ("05-11", "OUT", "GRANTED"): 1,
        ("05-11", "DAYS", "5"): 1,
        ("05-11", "IN_TIME", ""): 1,
    }
    assert figures("WAITING") == {
        ("05-04", "WAITING", "INTAKE"): 1,
        ("05-05", "WAITING", "INTAKE"): 1,
        ("05-06", "WAITING", "REVIEWER"): 1,
        ("05-07", "WAITING", "REVIEWER"): 1,
        ("05-08", "WAITING", "APPROVER"): 1,
        ("05-09", "WAITING", "APPROVER"): 1,
        ("05-10", "WAITING", "APPROVER"): 1,
    }


def test_a_case_is_late_from_the_end_of_its_date_until_somebody_acts(office: Office, citizen: User) -> None:
    """Sent on the 4th, intake has one day: late from the 6th to the 8th; then five days of review, until the 19th."""
    case = office.accepted(office.sent(citizen, may(4)), may(8))
    office.granted(office.recommended(case, may(21)), may(22))

    operations.refresh_figures(at=may(25))

    assert figures("LATE") == {
        ("05-06", "LATE", "INTAKE"): 1,
        ("05-07", "LATE", "INTAKE"): 1,
        ("05-20", "LATE", "REVIEWER"): 1,
        ("05-21", "LATE", "APPROVER"): 1,
    }
    assert figures("OVER_TIME", "IN_TIME", "DAYS") == {
        ("05-22", "OVER_TIME", ""): 1,
        ("05-22", "DAYS", "12"): 1,
    }


def test_what_waits_for_the_applicant_is_not_late_and_costs_the_office_no_day(
    office: Office, citizen: User
) -> None:
    """Accepted on the 5th with five days, asked on the 7th, answered on the 20th: the date moves to the 25th."""
    case = office.accepted(office.sent(citizen, may(4)), may(5))
    case = office.answered(office.asked(case, may(7)), citizen, may(20))
    office.granted(office.recommended(case, may(21)), may(22))

    operations.refresh_figures(at=may(25))

    assert figures("LATE") == {}
    assert figures("WAITING")["05-13", "WAITING", "APPLICANT"] == 1
    assert figures("DAYS", "IN_TIME") == {("05-22", "DAYS", "5"): 1, ("05-22", "IN_TIME", ""): 1}


def test_returns_are_counted_with_their_reasons(office: Office, citizen: User) -> None:
    case = office.returned(office.sent(citizen, may(4)), may(5))
    office.returned(office.mended(case, citizen, may(7)), may(8), code="INCOMPLETE")

    operations.refresh_figures(at=may(12))

    assert figures("RETURNED", "DEFECT") == {
        ("05-05", "RETURNED", ""): 1,
        ("05-05", "DEFECT", "UNREADABLE"): 1,
        ("05-08", "RETURNED", ""): 1,
        ("05-08", "DEFECT", "INCOMPLETE"): 1,
    }


def test_a_withdrawal_goes_out_but_says_nothing_about_the_time(office: Office, citizen: User) -> None:
    permits.withdraw_application(office.sent(citizen, may(4)), actor=citizen, at=may(13))

    operations.refresh_figures(at=may(18))

    assert figures(*FLOWS) == {("05-04", "IN", ""): 1, ("05-13", "OUT", "WITHDRAWN"): 1}


def test_a_draft_is_nowhere(office: Office, citizen: User) -> None:
    filled_application(citizen, at=may(4))

    operations.refresh_figures(at=may(12))

    assert figures() == {}


def test_days_are_those_of_the_government(office: Office, citizen: User) -> None:
    """17.30 UTC of the 4th is half past midnight of the 5th in Surabaya."""
    office.sent(citizen, may(4, hour=17) + timedelta(minutes=30))

    operations.refresh_figures(at=may(5))

    assert figures("IN") == {("05-05", "IN", ""): 1}


def test_today_counts_up_to_the_moment_asked_for(office: Office, citizen: User) -> None:
    """The decision is due on the 12th: on that day it is not late, on the next one it is."""
    office.accepted(office.sent(citizen, may(4)), may(5))

    operations.refresh_figures(at=may(12, hour=16))
    assert figures("LATE") == {}

    operations.refresh_figures(at=may(13))
    assert figures("LATE") == {("05-13", "LATE", "REVIEWER"): 1}


def test_in_and_out_explain_what_waits(office: Office, citizen: User, citizen2: User) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    office.decided(citizen2, days=(5, 7, 12, 18), refused=True)
    office.returned(office.sent(citizen, may(6)), may(7))
    permits.withdraw_application(office.sent(citizen2, may(8)), actor=citizen2, at=may(12))

    operations.refresh_figures(at=may(19))

    waiting = 0
    kept = figures()
    for day in range(4, 20):
        today = {
            measure: sum(
                n for (date, what, _key), n in kept.items() if (date, what) == (f"05-{day:02}", measure)
            )
            for measure in ("IN", "OUT", "WAITING")
        }
        waiting += today["IN"] - today["OUT"]
        assert today["WAITING"] == waiting, day
    assert waiting == 1


def test_counting_twice_changes_nothing(office: Office, citizen: User, citizen2: User) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    office.returned(office.sent(citizen2, may(5)), may(6))
    operations.refresh_figures(at=may(12))
    before, stays = figures(), list(Stay.objects.order_by("id").values_list("id", flat=True))

    operations.refresh_figures(at=may(12))

    assert figures() == before
    assert list(Stay.objects.order_by("id").values_list("id", flat=True)) == stays


def test_bit_by_bit_is_the_same_as_all_at_once(office: Office, citizen: User, citizen2: User) -> None:
    case = office.sent(citizen, may(4))
    operations.refresh_figures(at=may(4, hour=4))
    case = office.accepted(case, may(8))
    other = office.sent(citizen2, may(8))
    operations.refresh_figures(at=may(8, hour=9))
    office.returned(other, may(11))
    operations.refresh_figures(at=may(11, hour=4))
    office.granted(office.recommended(case, may(21)), may(22))
    operations.refresh_figures(at=may(25))
    kept = figures()

    operations.recompute_figures(at=may(25))

    assert figures() == kept
    assert kept["05-07", "LATE", "INTAKE"] == 1
    assert Refresh.objects.get().as_of == may(25)


def test_a_case_that_came_and_went_between_two_counts_is_seen(office: Office, citizen: User) -> None:
    operations.refresh_figures(at=may(12))
    office.decided(citizen, days=(12, 12, 12, 12))

    operations.refresh_figures(at=may(12, hour=4))

    assert figures("IN", "OUT") == {("05-12", "IN", ""): 1, ("05-12", "OUT", "GRANTED"): 1}


def test_what_is_lost_comes_back_from_the_record(office: Office, citizen: User) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    operations.refresh_figures(at=may(12))
    kept = figures()
    Stay.objects.all().delete()
    DailyFigure.objects.all().update(value=77)

    operations.recompute_figures(at=may(12))

    assert figures() == kept


def test_figures_agree_with_what_the_desk_calls_waiting_and_late(
    office: Office, citizen: User, citizen2: User
) -> None:
    office.accepted(office.sent(citizen, may(4)), may(5))
    office.sent(citizen2, may(5))
    office.returned(office.sent(citizen, may(6)), may(7))
    office.decided(citizen2, days=(4, 6, 8, 11))
    now = may(20)

    operations.refresh_figures(at=now)

    waiting = seen.cases().filter(closed_at=None, decided_at=None)
    today = figures("WAITING", "LATE")
    assert sum(n for (day, what, _key), n in today.items() if (day, what) == ("05-20", "WAITING")) == 3
    assert waiting.count() == 3
    assert sum(n for (day, what, _key), n in today.items() if (day, what) == ("05-20", "LATE")) == 2
    assert waiting.filter(workload.late(now)).count() == 2


def test_two_workers_do_not_count_at_once(office: Office, citizen: User) -> None:
    office.sent(citizen, may(4))
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [locks._number("oversight.figures")])

        assert operations.refresh_figures(at=may(5)) is False
        assert figures() == {}
        cursor.execute("SELECT pg_advisory_unlock_all()")
    other.close()
    assert operations.refresh_figures(at=may(5)) is True


def test_the_number_of_queries_does_not_grow_with_cases_and_days(
    office: Office, citizen: User, citizen2: User
) -> None:
    def queries_for(at: datetime) -> int:
        operations.recompute_figures(at=at)
        Stay.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            operations.recompute_figures(at=at)
        return len(asked)

    office.returned(office.sent(citizen, may(4)), may(5))
    few = queries_for(may(6))
    for day in (6, 7, 8):
        office.returned(office.sent(citizen2, may(day)), may(day))

    assert queries_for(may(25)) == few


def test_a_confidential_case_is_counted_nowhere(office: Office, citizen: User, citizen2: User) -> None:
    hidden = office.returned(office.sent(citizen, may(4)), may(8))
    Case.objects.filter(pk=hidden.pk).update(is_confidential=True)

    operations.refresh_figures(at=may(12))

    assert figures() == {}
    assert not Stay.objects.exists()


def test_a_case_that_becomes_confidential_is_forgotten_back_to_its_first_day(
    office: Office, citizen: User, citizen2: User
) -> None:
    office.returned(office.sent(citizen2, may(5)), may(6))
    operations.refresh_figures(at=may(12))
    alone = figures()
    hidden = office.returned(office.sent(citizen, may(4)), may(8))
    operations.refresh_figures(at=may(12))
    assert figures() != alone

    Case.objects.filter(pk=hidden.pk).update(is_confidential=True)
    operations.refresh_figures(at=may(12))

    assert figures() == alone

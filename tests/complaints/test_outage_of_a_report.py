"""An outage gives a reporter more time to add what is missing and to say whether it is solved; the office's promise stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from services.notifications.models import Notice
from tests.factories import complaints as reports
from tests.factories import outages as out


@pytest.mark.parametrize("stands", ["asked", "answered"])
def test_a_reporter_gets_the_time_back_and_is_told_once(
    stands: str, citizen: User, intake: User, foreign_reviewer: User, deliver_outbox: Callable[[], int]
) -> None:
    case = (
        reports.asked_report(intake, reporter=citizen)
        if stands == "asked"
        else reports.answered_report(intake, foreign_reviewer, reporter=citizen)
    )
    kept = Case.objects.get(pk=case.pk)
    clock.move(timedelta(hours=3))
    out.confirmed(begins_at=clock.now() - timedelta(hours=2), lasts=timedelta(hours=1), at=clock.now())
    deliver_outbox()
    moved = Case.objects.get(pk=case.pk)
    assert kept.applicant_due_at
    assert moved.applicant_due_at
    assert moved.applicant_due_at > kept.applicant_due_at
    assert (moved.due_at, moved.place_at) == (kept.due_at, kept.place_at)
    assert casework.move_dates(at=clock.now()) == 0
    assert Notice.objects.filter(notice="complaints/date_moved").count() == 1

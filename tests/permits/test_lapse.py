"""An application that waits for its applicant ends when nothing comes, after two reminders; each of it once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.accounts.models import User
from services.applications import tasks
from services.casework import queries
from services.casework.models import Case
from services.catalogue.models import Deadline
from services.foundation import clock
from services.notifications.models import Notice
from tests.factories import casework as cases
from tests.factories import catalogue

pytestmark = pytest.mark.django_db
DAYS = {
    "mend-returned-file": 30,
    "answer-request": 14,
    "lapse-reminder-first": 7,
    "lapse-reminder-last": 2,
}
REMINDER, END = "applications/ends_soon", "applications/lapsed"


def told(notice: str = REMINDER) -> int:
    return Notice.objects.filter(notice=notice).count()


@pytest.fixture(autouse=True)
def _days_of_the_calendar(db: None) -> None:
    """On whatever day a test runs, the same number of days passes."""
    catalogue.deadlines()
    for code, amount in DAYS.items():
        Deadline.objects.filter(code=code).update(amount=amount, unit=Deadline.Unit.CALENDAR_DAY)


@pytest.fixture
def days_pass(deliver_outbox: Callable[[], int]) -> Callable[[int], None]:
    def move(days: int) -> None:
        clock.move(timedelta(days=days))
        tasks.lapse_applications()
        deliver_outbox()

    return move


@pytest.fixture
def returned(citizen: User, intake: User) -> Case:
    """A file that its applicant has thirty days to mend."""
    return cases.returned_application(citizen, intake)


def test_two_reminders_come_before_the_end_each_once(
    returned: Case, days_pass: Callable[[int], None]
) -> None:
    counts = []
    for days in (0, 22, 1, 1, 3, 1, 1, 1, 1, 1):
        days_pass(days)
        counts.append((told(), told(END)))
    assert counts == [(0, 0), (0, 0), (1, 0), (1, 0), (1, 0), (2, 0), (2, 0), (2, 0), (2, 1), (2, 1)]
    returned.refresh_from_db()
    assert (returned.status, returned.outcome) == ("LAPSED", "LAPSED")


def test_each_reminder_is_on_record_and_names_the_day(
    returned: Case, days_pass: Callable[[int], None]
) -> None:
    days_pass(24)
    steps = [step for step in queries.timeline(returned) if step.action == "casework.applicant.reminded"]
    assert [step.details["step"] for step in steps] == [1]
    notice = Notice.objects.get(notice=REMINDER)
    assert returned.reference in notice.title
    assert notice.path == f"/cases/{returned.reference}/"


def test_a_second_beat_at_the_same_moment_does_no_harm(
    returned: Case, days_pass: Callable[[int], None]
) -> None:
    days_pass(24)
    days_pass(0)
    assert told() == 1


def test_no_application_ends_without_its_last_reminder_however_long_the_beat_stood_still(
    returned: Case, days_pass: Callable[[int], None]
) -> None:
    days_pass(40)
    assert (told(), told(END)) == (1, 0)
    returned.refresh_from_db()
    assert returned.status == "RETURNED"
    assert returned.applicant_due_at is not None
    assert returned.applicant_due_at > clock.now() + timedelta(days=1)
    days_pass(3)
    assert (told(), told(END)) == (1, 1)


def test_whoever_answers_after_the_first_reminder_hears_no_second(
    citizen: User, intake: User, reviewer: User, days_pass: Callable[[int], None]
) -> None:
    case = cases.waiting_application(citizen, intake, reviewer)
    assert case.applicant_due_at is not None
    days_pass((case.applicant_due_at - clock.now()).days - 4)
    assert told() == 1
    case.refresh_from_db()
    cases.answered(case, citizen, "Tiga meter.", at=clock.now())
    days_pass(20)
    assert (told(), told(END)) == (1, 0)


def test_whoever_answers_before_the_reminder_is_sent_is_not_reminded(
    citizen: User, intake: User, reviewer: User, deliver_outbox: Callable[[], int]
) -> None:
    case = cases.waiting_application(citizen, intake, reviewer)
    assert case.applicant_due_at is not None
    clock.move(case.applicant_due_at - clock.now() - timedelta(days=3))
    tasks.lapse_applications()
    cases.answered(case, citizen, "Tiga meter.", at=clock.now())
    deliver_outbox()
    assert told() == 0


def test_a_draft_ends_without_reminders(citizen: User, days_pass: Callable[[int], None]) -> None:
    cases.filled_application(citizen)
    days_pass(400)
    assert told() == 0

"""What nobody touches for a whole working day goes back into the queue, with its place, and counted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from permits import operations as permits
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case, Holding
from services.casework.operations.untouched import start_of_the_last_working_day
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox.models import Message
from tests.casework.desk import Desk
from tests.factories import casework as cases

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4))


@pytest.fixture(autouse=True)
def _a_week_without_holidays_is_over() -> Iterator[None]:
    with time_machine.travel(FRIDAY + timedelta(days=7)):
        yield


def on_the_desk(citizen: User, officer: User, *, at: datetime = MONDAY) -> Case:
    case = cases.submitted_application(citizen, at=at)
    return casework.take_case(case, actor=officer, at=at)


def deliver(topic: str) -> None:
    for message in Message.objects.filter(topic=topic, done_at=None):
        delivery.deliver(message.pk)


def happened(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference), since=case.created_at)]


def test_what_was_not_touched_for_a_working_day_goes_back_once_with_its_place(
    citizen: User, intake: User
) -> None:
    case = on_the_desk(citizen, intake)
    assert casework.return_untouched_cases(at=TUESDAY) == 0
    assert casework.return_untouched_cases(at=WEDNESDAY) == 1
    assert casework.return_untouched_cases(at=WEDNESDAY) == 0
    place = case.place_at
    case.refresh_from_db()
    assert (case.assignee, case.left_untouched, case.place_at) == (None, 1, place)
    assert happened(case).count("casework.case.returned_to_queue") == 1
    holding = case.holdings.get()
    assert (holding.officer, holding.left_by, holding.left_at) == (intake, "UNTOUCHED", WEDNESDAY)


def test_days_off_are_not_counted() -> None:
    saturday, monday = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)
    assert start_of_the_last_working_day(saturday) == start_of_the_last_working_day(monday)
    assert start_of_the_last_working_day(monday) == datetime(2026, 11, 26, 17, 0, tzinfo=UTC)


def test_what_was_taken_on_friday_stays_until_monday_has_passed(citizen: User, intake: User) -> None:
    on_the_desk(citizen, intake, at=FRIDAY)
    assert casework.return_untouched_cases(at=FRIDAY + timedelta(days=3, hours=10)) == 0
    assert casework.return_untouched_cases(at=FRIDAY + timedelta(days=4)) == 1


def test_opening_a_file_does_not_keep_it(citizen: User, intake: User) -> None:
    case = on_the_desk(citizen, intake)
    for at in (TUESDAY, WEDNESDAY):
        casework.record_opening(case, viewer=intake, hat="INTAKE", at=at)
    assert casework.return_untouched_cases(at=WEDNESDAY) == 1


def test_a_note_of_its_holder_keeps_it_and_one_of_a_colleague_does_not(
    citizen: User, citizen2: User, intake: User, reviewer: User
) -> None:
    kept, lost = on_the_desk(citizen, intake), on_the_desk(citizen2, intake)
    casework.add_office_note(kept, actor=intake, words="Menelepon pemohon.", at=TUESDAY)
    casework.add_office_note(lost, actor=reviewer, words="Sudah lama.", at=TUESDAY)
    assert casework.return_untouched_cases(at=WEDNESDAY) == 1
    assert set(Case.objects.filter(assignee=intake)) == {kept}


def test_what_waits_for_the_applicant_stays_with_whoever_asked(
    citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake, at=MONDAY)
    casework.take_case(case, actor=reviewer, at=MONDAY)
    permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa lebarnya?"), at=MONDAY)
    assert casework.return_untouched_cases(at=FRIDAY) == 0


def test_after_the_answer_a_whole_working_day_runs_again(citizen: User, intake: User, reviewer: User) -> None:
    case = cases.accepted_application(citizen, intake, at=MONDAY)
    casework.take_case(case, actor=reviewer, at=MONDAY)
    asked = permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa lebarnya?"), at=MONDAY)
    cases.answered(asked, citizen, "Satu meter.", at=WEDNESDAY)
    assert casework.return_untouched_cases(at=FRIDAY - timedelta(days=1)) == 0
    assert casework.return_untouched_cases(at=FRIDAY) == 1


def test_many_go_back_in_chunks(citizen: User, citizen2: User, stranger: User, intake: User) -> None:
    for person in (citizen, citizen2, stranger):
        on_the_desk(person, intake)
    assert casework.return_untouched_cases(at=WEDNESDAY, chunk=1) == 3
    assert Holding.objects.filter(left_by="UNTOUCHED").count() == 3


def test_whoever_had_it_reads_so_on_their_page_and_nobody_else_is_told(citizen: User, intake: User) -> None:
    case = on_the_desk(citizen, intake)
    casework.return_untouched_cases(at=WEDNESDAY)
    deliver("casework.case.returned_to_queue")
    told = Notice.objects.get(notice__startswith="casework/left")
    assert (told.recipient, told.notice, told.reference) == (
        intake,
        "casework/left_untouched",
        case.reference,
    )
    assert not told.deliveries.exists()


def test_the_file_says_how_often_it_went_back(desk: Desk, citizen: User, intake: User) -> None:
    case = on_the_desk(citizen, intake)
    casework.return_untouched_cases(at=WEDNESDAY)
    page = desk.sit(intake).open(case)
    assert "Went back untouched 1 time" in page
    assert "nobody had worked on it for a day" in page


def test_the_book_of_the_desks_says_how_a_file_left(citizen: User, intake: User, reviewer: User) -> None:
    case = cases.accepted_application(citizen, intake, at=MONDAY)
    casework.take_case(case, actor=reviewer, at=MONDAY)
    casework.release_case(case, actor=reviewer, at=TUESDAY)
    casework.take_case(case, actor=reviewer, at=TUESDAY)
    permits.withdraw_application(case, actor=citizen, at=TUESDAY)
    rows = case.holdings.order_by("pk").values_list("officer", "hat", "left_by", "in_time")
    assert list(rows) == [
        (intake.pk, "INTAKE", "DONE", True),
        (reviewer.pk, "REVIEWER", "LAID_BACK", None),
        (reviewer.pk, "REVIEWER", "MOVED", None),
    ]


def test_of_a_confidential_file_the_notice_names_nothing(citizen: User, intake: User) -> None:
    case = on_the_desk(citizen, intake)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    assert casework.return_untouched_cases(at=WEDNESDAY) == 1
    deliver("casework.case.sealed")
    told = Notice.objects.get(notice__startswith="casework/left")
    assert (told.recipient, told.reference, told.path) == (intake, "", "/admin/")
    assert case.reference not in told.title + told.page_html + told.dedupe_key

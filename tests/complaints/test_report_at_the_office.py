"""A report at the office that can help: planned, answered, solved or not, and its silent ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from complaints import operations as complaints
from complaints.models import Complaint
from complaints.operations import UnableToReport, UnableToWorkOnReport
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import letters, queries, workload
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.casework.policies import Bearer, UnableToAct
from services.casework.transitions import UnableToMove
from services.foundation import clock
from services.government import calendar
from tests.factories import accounts
from tests.factories import complaints as reports


def events_of(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference))]


def test_handed_back_it_lies_at_the_complaints_office_again(intake: User, foreign_reviewer: User) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    due_at = case.due_at
    case = complaints.hand_back(case, actor=foreign_reviewer, words="Milik DSDABM", at=clock.now())

    assert (case.status, case.agency.code, case.assignee) == ("VERIFIED", "dpmptsp", None)
    assert case.due_at == due_at
    assert case.notes.get().words == "Milik DSDABM"
    assert Complaint.objects.get(case=case).head_due_at is None


def test_a_plan_counts_as_a_first_answer_and_the_time_to_settle_runs_from_the_verification(
    intake: User, foreign_reviewer: User
) -> None:
    at = clock.now()
    case = reports.planned_report(intake, foreign_reviewer, at=at)

    assert case.status == "PLANNED"
    assert case.due_at == calendar.due_at(at, amount=14, unit="WORKING_DAY")
    complaint = Complaint.objects.get(case=case)
    assert complaint.first_answer_at == at
    assert complaint.replies.get().planned_date == clock.local_date(at) + timedelta(days=3)


def test_a_plan_for_yesterday_is_refused(intake: User, foreign_reviewer: User) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    yesterday = clock.local_date(clock.now()) - timedelta(days=1)
    with pytest.raises(UnableToWorkOnReport) as told:
        complaints.plan_work(
            case, actor=foreign_reviewer, words="Kemarin", planned_date=yesterday, at=clock.now()
        )
    assert told.value.field == "planned_date"


def test_an_answer_gives_the_reporter_the_word(intake: User, foreign_reviewer: User) -> None:
    at = clock.now()
    case = reports.answered_report(intake, foreign_reviewer, photos=2, at=at)

    assert (case.status, case.due_at, case.assignee) == ("ANSWERED", None, None)
    assert case.applicant_due_at == calendar.due_at(at, amount=10, unit="WORKING_DAY")
    reply = case.complaint.replies.get()
    assert sorted(case.documents.values_list("slot", flat=True)) == [
        f"reply_{reply.pk}_1",
        f"reply_{reply.pk}_2",
    ]


def test_the_reporter_says_that_it_is_solved(intake: User, foreign_reviewer: User) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    case = complaints.solve_report(case, actor=reports.bearer(case), words="Terima kasih", at=clock.now())

    assert (case.status, case.outcome) == ("SOLVED", "SOLVED")
    assert case.closed_at is not None
    assert case.messages.get().words == "Terima kasih"


def test_not_solved_reopens_once_without_anyones_leave(intake: User, foreign_reviewer: User) -> None:
    at = clock.now()
    case = reports.reopened_report(intake, foreign_reviewer, at=at)

    assert (case.status, case.agency.code) == ("REOPENED", "dishub")
    assert case.due_at == calendar.due_at(at, amount=5, unit="WORKING_DAY")
    assert case.applicant_due_at is None
    assert case.closed_at is None
    office = workload.office_of(foreign_reviewer, at=at)
    assert workload.counts(office, at=at).queue == 1


def test_not_solved_needs_a_few_words(intake: User, foreign_reviewer: User) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    with pytest.raises(UnableToReport) as told:
        complaints.reopen_report(case, actor=reports.bearer(case), words=" ", at=clock.now())
    assert told.value.field == "words"


def test_a_second_time_it_escalates_and_silence_does_not_close_it(
    intake: User, foreign_reviewer: User
) -> None:
    case = reports.escalated_report(intake, foreign_reviewer)

    assert (case.status, case.applicant_due_at) == ("ANSWERED", None)
    assert Complaint.objects.get(case=case).escalated_at is not None
    assert "complaints.report.escalated" in events_of(case)
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=90)) == 0
    with pytest.raises(UnableToReport) as told:
        complaints.reopen_report(case, actor=reports.bearer(case), words="Lagi", at=clock.now())
    assert told.value.code == "again"
    solved = complaints.solve_report(case, actor=reports.bearer(case), at=clock.now())
    assert solved.status == "SOLVED"


def test_what_escalated_is_taken_up_again_or_stood_by(intake: User, foreign_reviewer: User) -> None:
    head = accounts.officer("Kepala Dishub", "EXECUTIVE", agency_code="dishub")
    first = reports.escalated_report(intake, foreign_reviewer)
    taken = complaints.take_up_again(first, actor=foreign_reviewer, words="Kami cek lagi", at=clock.now())
    assert taken.status == "REOPENED"
    assert Complaint.objects.get(case=taken).escalated_at is None

    second = reports.escalated_report(intake, foreign_reviewer)
    with pytest.raises(UnableToAct):
        complaints.stand_by_answer(second, actor=foreign_reviewer, words="Tetap", at=clock.now())
    ended = complaints.stand_by_answer(second, actor=head, words="Tidak bisa", at=clock.now())
    assert (ended.status, ended.outcome) == ("NOT_POSSIBLE", "NOT_POSSIBLE")


def test_what_did_not_escalate_is_not_taken_up_by_the_office_itself(
    intake: User, foreign_reviewer: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    with pytest.raises(UnableToWorkOnReport) as told:
        complaints.take_up_again(case, actor=foreign_reviewer, words="Lagi", at=clock.now())
    assert told.value.code == "again"


def test_not_possible_is_an_end_of_its_own(intake: User, foreign_reviewer: User) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    case = complaints.refuse_report(case, actor=foreign_reviewer, words="Lahan pribadi", at=clock.now())

    assert (case.status, case.outcome) == ("NOT_POSSIBLE", "NOT_POSSIBLE")
    assert case.complaint.replies.get().kind == "NOT_POSSIBLE"


def test_silence_after_an_answer_closes_it_but_does_not_solve_it(
    intake: User, foreign_reviewer: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=8)) == 0
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=30)) == 1

    case.refresh_from_db()
    assert (case.status, case.outcome) == ("CLOSED", "CLOSED")


def test_a_case_with_an_old_version_is_told_and_nothing_is_overwritten(
    intake: User, foreign_reviewer: User
) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    with pytest.raises(UnableToMove) as told:
        complaints.answer_report(
            case,
            actor=foreign_reviewer,
            words="Sudah",
            at=clock.now(),
            expected_version=case.row_version - 1,
        )
    assert told.value.code == "stale"


def test_a_message_is_written_by_either_side_and_never_changed(intake: User, foreign_reviewer: User) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    casework.write_message(case, actor=foreign_reviewer, words="Kami datang besok.", at=clock.now())
    complaints.write(case, actor=reports.bearer(case), words="Baik.", at=clock.now())

    sides = list(case.messages.order_by("id").values_list("side", flat=True))
    assert sides == ["OFFICE", "CITIZEN"]
    with pytest.raises(UnableToHandle):
        casework.write_message(case, actor=foreign_reviewer, words="  ", at=clock.now())
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        case.messages.update(words="Lain")


def test_the_database_knows_no_other_road(intake: User) -> None:
    case = reports.received_report()
    with (
        pytest.raises(IntegrityError, match="no road"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE casework_case SET status = 'SOLVED', row_version = row_version + 1 WHERE id = %s",
            [case.pk],
        )


def test_a_passphrase_of_one_report_opens_no_other(intake: User, foreign_reviewer: User) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    with pytest.raises(UnableToAct):
        complaints.solve_report(case, actor=Bearer("C-00000-00000"), at=clock.now())
    assert queries.full().get(pk=case.pk).status == "ANSWERED"


@pytest.mark.parametrize(
    ("slot", "title"),
    [
        ("photo_2", "Photo 2"),
        ("message_7_1", "Photo 1, with a message"),
        ("reply_7_3", "Photo 3, by the office"),
    ],
)
def test_a_photo_says_from_whom_it_came(intake: User, foreign_reviewer: User, slot: str, title: str) -> None:
    definition = reports.taken_report(intake, foreign_reviewer).service_version.parsed
    with override("en"):
        assert letters.title_of(definition, slot) == title

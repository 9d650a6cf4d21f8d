"""From a report to "solved", as the operations see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, connection, transaction

from complaints import operations as complaints
from complaints.models import Category, Complaint
from complaints.operations import UnableToReport, UnableToWorkOnReport
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework import queries, workload
from services.casework.models import Case, Message
from services.casework.operations import UnableToHandle
from services.casework.policies import Bearer, UnableToAct
from services.casework.transitions import UnableToMove
from services.foundation import clock, sealing
from services.government import calendar
from tests.factories import accounts
from tests.factories import complaints as reports


def events_of(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference))]


def test_a_report_is_born_received_with_its_clock() -> None:
    at = clock.now()
    case = reports.received_report(photos=2, at=at)

    assert (case.kind, case.status, case.agency.code) == ("COMPLAINT", "RECEIVED", "dpmptsp")
    assert case.reference.startswith("C-")
    assert case.submitted_at == at
    assert case.due_at == calendar.due_at(at, amount=3, unit="WORKING_DAY")
    assert case.topic == {"id": "Lampu jalan", "en": "Lampu Jalan"}
    assert sorted(case.documents.values_list("slot", flat=True)) == ["photo_1", "photo_2"]
    assert set(case.documents.values_list("document__state", flat=True)) == {"JOINING"}
    assert events_of(case) == ["complaints.report.received"]


def test_without_an_account_nobody_is_known_and_only_a_hash_of_the_passphrase_is_kept() -> None:
    case = reports.received_report(contact_channel="SMS", contact_address="+6281234567890")

    complaint = case.complaint
    assert case.applicant is None
    assert reports.PASSPHRASE not in complaint.passphrase_hash
    assert check_password(reports.PASSPHRASE, complaint.passphrase_hash)
    assert b"81234567890" not in bytes(complaint.contact_sealed or b"")
    opened = sealing.unseal(complaint.contact_sealed or b"", bound_to=complaint.seal_binding)
    assert opened == "+6281234567890"
    [event] = audit.events_of(Subject("case", case.reference))
    assert (event.actor.kind, event.actor.pseudonym, event.actor.hat) == ("ANONYMOUS", None, "APPLICANT")


def test_with_an_account_the_reporter_is_its_person(citizen: User) -> None:
    case = reports.received_report(citizen, shows_name=True)

    assert case.applicant == citizen.person
    assert case.complaint.passphrase_hash == ""
    assert case.complaint.shows_name


def test_an_anonymous_report_has_no_person_even_with_an_account(citizen: User) -> None:
    case = reports.received_report(citizen, visibility="ANONYMOUS", shows_name=True)

    assert case.applicant is None
    assert not case.complaint.shows_name
    opened = sealing.unseal(case.complaint.contact_sealed or b"", bound_to=case.complaint.seal_binding)
    assert opened == citizen.phone
    [event] = audit.events_of(Subject("case", case.reference))
    assert event.actor.pseudonym is None


def test_a_category_that_is_always_confidential_makes_the_report_so(citizen: User) -> None:
    case = reports.received_report(citizen, category="illegal-levy", visibility="PUBLIC", shows_name=True)

    assert case.is_confidential
    assert case.complaint.visibility == "CONFIDENTIAL"
    assert not case.complaint.shows_name


def test_the_same_report_sent_twice_is_received_once() -> None:
    sending = {"submission_key": "k1", "passphrase": reports.PASSPHRASE, "language": "id", "at": clock.now()}

    first = complaints.receive_report(reports.report(), actor=None, **sending)  # type: ignore[arg-type]
    second = complaints.receive_report(reports.report(), actor=None, **sending)  # type: ignore[arg-type]

    assert first == second
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": "   "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"visibility": "EVERYBODY"}, "visibility"),
        ({"photos": 7}, "photos"),
    ],
)
def test_a_report_that_is_not_whole_is_refused(changes: dict[str, Any], code: str) -> None:
    photos = [reports.photo() for _ in range(changes.pop("photos", 0))]
    with pytest.raises(UnableToReport) as told:
        complaints.receive_report(
            reports.report(**changes),
            actor=None,
            photos=photos,
            submission_key="k",
            passphrase="a b c d e",
            language="id",
            at=clock.now(),
        )
    assert told.value.code == code
    assert not Case.objects.exists()


def test_a_category_that_is_withdrawn_is_refused() -> None:
    report = reports.report()
    report.category.is_listed = False
    with pytest.raises(UnableToReport) as told:
        complaints.receive_report(
            report, actor=None, submission_key="k", passphrase="a", language="id", at=clock.now()
        )
    assert (told.value.code, told.value.field) == ("category", "category")


def test_verified_it_is_published_and_goes_to_the_office_of_its_category(intake: User) -> None:
    at = clock.now()
    case = reports.assigned_report(intake, at=at)

    assert (case.status, case.agency.code, case.assignee) == ("ASSIGNED", "dishub", None)
    assert case.complete_at == at
    assert case.due_at == calendar.due_at(at, amount=5, unit="WORKING_DAY")
    complaint = Complaint.objects.get(case=case)
    assert complaint.published_at == at
    assert complaint.head_due_at == at + timedelta(hours=24)
    assert events_of(case)[-2:] == ["complaints.report.verified", "complaints.report.assigned"]
    assigned = audit.events_of(Subject("case", case.reference))[-1]
    assert (assigned.actor.hat, assigned.actor.agency) == ("INTAKE", "dpmptsp")


def test_a_confidential_report_is_never_published(intake: User) -> None:
    case = reports.assigned_report(intake, visibility="CONFIDENTIAL")

    assert Complaint.objects.get(case=case).published_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(case=case).update(published_at=clock.now())


def test_a_category_corrected_at_intake_may_close_a_report_but_never_opens_one(intake: User) -> None:
    public, hidden = reports.received_report(), reports.received_report(category="illegal-levy")
    levy, lights = (Category.objects.get(code=code) for code in ("illegal-levy", "street-lights"))
    for case, category in ((public, levy), (hidden, lights)):
        casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
        moved = complaints.verify_report(case, actor=intake, category=category, agency=None, at=clock.now())
        assert moved.is_confidential
        assert Complaint.objects.get(case=case).published_at is None
        assert moved.topic == category.name


def test_what_is_missing_is_asked_for_and_the_clock_stands_still(intake: User) -> None:
    at = clock.now()
    case = reports.asked_report(intake, at=at)

    assert case.status == "NEEDS_DATA"
    assert case.applicant_due_at == calendar.due_at(at, amount=10, unit="CALENDAR_DAY")
    assert case.pauses.get().ended_at is None
    assert case.messages.get().words == "Nomor tiang berapa?"

    later = at + timedelta(days=4)
    given = complaints.write(
        case, actor=reports.bearer(case), words="Tiang 14", photos=[reports.photo()], at=later
    )
    assert given.status == "RECEIVED"
    assert case.due_at is not None
    assert given.due_at is not None
    assert given.due_at > case.due_at
    assert given.applicant_due_at is None
    message = given.messages.get(side=Message.Side.CITIZEN)
    assert given.documents.filter(slot=f"message_{message.pk}_1").exists()


def test_missing_data_that_never_comes_archives_the_report(intake: User) -> None:
    case = reports.asked_report(intake)
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=9)) == 0
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=12)) == 1

    case.refresh_from_db()
    assert (case.status, case.outcome) == ("ARCHIVED", "ARCHIVED")
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=13)) == 0


def test_it_is_archived_with_a_reason_and_taken_back_from_the_public(intake: User) -> None:
    case = reports.verified_report(intake)
    with pytest.raises(UnableToWorkOnReport):
        complaints.archive_report(case, actor=intake, reason_code="BECAUSE", at=clock.now())
    case = casework.take_case(case, actor=intake, at=clock.now())
    case = complaints.archive_report(case, actor=intake, reason_code="SPAM", reason="Iklan", at=clock.now())

    assert (case.status, case.outcome, case.reason_code) == ("ARCHIVED", "ARCHIVED", "SPAM")
    assert case.closed_at is not None
    assert Complaint.objects.get(case=case).published_at is None


def test_what_is_not_ours_ends_with_who_is_responsible(intake: User) -> None:
    case = reports.received_report()
    casework.take_case(case, actor=intake, at=clock.now())
    with pytest.raises(UnableToWorkOnReport):
        complaints.hand_over_report(case, actor=intake, words=" ", at=clock.now())
    case = complaints.hand_over_report(case, actor=intake, words="PLN, telepon 123", at=clock.now())

    assert (case.status, case.outcome) == ("NOT_OURS", "NOT_OURS")
    assert case.complaint.replies.get().words == "PLN, telepon 123"


def test_a_duplicate_names_the_earlier_public_report(intake: User) -> None:
    earlier = reports.assigned_report(intake)
    hidden = reports.assigned_report(intake, visibility="CONFIDENTIAL")
    case = reports.received_report()
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
    for wrong in (case.reference, hidden.reference, "C-00000-00000", "nonsense"):
        with pytest.raises(UnableToWorkOnReport) as told:
            complaints.mark_duplicate(case, actor=intake, reference=wrong, at=clock.now())
        assert told.value.field == "reference"
    case = complaints.mark_duplicate(case, actor=intake, reference=earlier.reference, at=clock.now())

    assert (case.status, case.outcome) == ("DUPLICATE", "DUPLICATE")
    assert Complaint.objects.get(case=case).duplicate_of == earlier


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

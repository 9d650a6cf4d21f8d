"""From a draft to a decision, as the operations see it."""

from datetime import timedelta

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework import queries
from services.casework.operations import UnableToFile, UnableToHandle
from services.casework.policies import UnableToAct
from services.casework.transitions import UnableToMove
from services.foundation import clock
from tests.factories import casework as cases


def test_sending_sets_the_milestone_and_intakes_own_clock(citizen: User) -> None:
    case = cases.submitted_application(citizen)
    assert case.submitted_at is not None
    assert case.due_at is not None
    assert case.due_at > case.submitted_at
    assert case.complete_at is None


def test_sending_twice_with_one_key_sends_once(citizen: User) -> None:
    case = cases.filled_application(citizen)
    first = permits.submit_application(case, actor=citizen, submission_key="k1", at=clock.now())
    second = permits.submit_application(case, actor=citizen, submission_key="k1", at=clock.now())
    assert first.reference == second.reference
    sent = [
        e
        for e in audit.events_of(Subject("case", case.reference))
        if e.action == "permits.application.submitted"
    ]
    assert len(sent) == 1


def test_sending_an_old_copy_is_told_and_overwrites_nothing(citizen: User) -> None:
    case = cases.filled_application(citizen)
    casework.remember_answers(case, actor=citizen, answers={"shown_text": "Baru"}, at=clock.now())
    with pytest.raises(UnableToMove) as told:
        permits.submit_application(
            case, actor=citizen, submission_key="k1", at=clock.now(), expected_version=case.row_version
        )
    assert told.value.code == "stale"


def test_a_return_lists_every_defect_and_stops_the_clock(citizen: User, intake: User) -> None:
    case = cases.returned_application(citizen, intake)
    assert case.status == "RETURNED"
    assert {defect.key for defect in case.defects.all()} == {"drawing", "shown_text"}
    assert case.pauses.get().ended_at is None
    assert case.applicant_due_at is not None


def test_a_return_without_a_defect_is_refused(citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    casework.take_case(case, actor=intake, at=clock.now())
    with pytest.raises(UnableToHandle) as told:
        permits.return_application(case, actor=intake, defects=[], at=clock.now())
    assert told.value.code == "defects"


def test_a_mended_file_keeps_its_place(citizen: User, citizen2: User, intake: User) -> None:
    now = clock.now()
    early = cases.returned_application(citizen, intake, at=now - timedelta(days=5))
    cases.submitted_application(citizen2, version=early.service_version, at=now)
    casework.remember_answers(early, actor=citizen, answers={"shown_text": "Lain"}, at=now)
    casework.attach_document(
        early, actor=citizen, slot="drawing", document=cases.document_of(citizen), at=now
    )
    again = permits.resubmit_application(early, actor=citizen, at=now)
    assert again.place_at == early.place_at
    first = casework.take_next_case(actor=intake, agency=early.agency, hat="INTAKE", at=now)
    assert first.reference == early.reference


def test_an_unmended_file_is_not_sent_again(citizen: User, intake: User) -> None:
    case = cases.returned_application(citizen, intake)
    with pytest.raises(UnableToFile) as told:
        permits.resubmit_application(case, actor=citizen, at=clock.now())
    assert told.value.code == "unmended"


def test_a_later_return_may_concern_only_what_changed(citizen: User, intake: User, supervisor: User) -> None:
    case = cases.mended_application(citizen, intake)
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
    late = casework.FoundDefect(target="DOCUMENT", key="ktp", code="UNREADABLE")
    with pytest.raises(UnableToHandle) as told:
        permits.return_application(case, actor=intake, defects=[late], at=clock.now())
    assert told.value.code == "late_defect"
    casework.allow_late_defects(case, actor=supervisor, reason="KTP ternyata terpotong", at=clock.now())
    returned = permits.return_application(case, actor=intake, defects=[late], at=clock.now())
    assert returned.late_defects == 1
    assert returned.late_defects_allowed_by is None


def test_accepting_starts_the_decisions_clock(citizen: User, intake: User) -> None:
    case = cases.accepted_application(citizen, intake)
    assert case.status == "IN_REVIEW"
    assert case.complete_at is not None
    assert case.due_at is not None
    assert case.assignee is None


def test_an_answer_moves_the_date_by_the_days_the_clock_stood(
    citizen: User, intake: User, reviewer: User
) -> None:
    now = clock.now()
    case = cases.accepted_application(citizen, intake, at=now)
    promised, place = case.due_at, case.place_at
    casework.take_case(case, actor=reviewer, reason_code="COUNTER", at=now)
    permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa tinggi tiangnya?"), at=now)
    answered = cases.answered(case, citizen, "Tiga meter", at=now + timedelta(days=7))
    assert answered.due_at is not None
    assert promised is not None
    assert answered.due_at > promised
    assert answered.place_at == place
    assert answered.assignee_id == reviewer.pk


def test_the_reviewer_recommends_and_another_one_decides(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    assert (case.status, case.outcome) == ("GRANTED", "GRANTED")
    assert case.recommended_by == reviewer
    assert case.decided_by == approver


def test_a_refusal_needs_a_reason_of_the_pack(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=approver, reason_code="COUNTER", at=clock.now())
    with pytest.raises(UnableToHandle) as told:
        permits.refuse_application(case, actor=approver, reason_code="I_DO_NOT_LIKE_IT", at=clock.now())
    assert told.value.field == "reason_code"
    refused = permits.refuse_application(case, actor=approver, reason_code="FORBIDDEN_PLACE", at=clock.now())
    assert refused.status == "REFUSED"
    assert refused.closed_at is not None


def test_silence_lets_an_application_lapse(citizen: User, intake: User) -> None:
    case = cases.returned_application(citizen, intake)
    assert permits.lapse_applications(at=clock.now() + timedelta(days=40)) == 1
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("LAPSED", "LAPSED")


def test_a_withdrawn_application_cannot_be_decided(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    permits.withdraw_application(case, actor=citizen, at=clock.now())
    with pytest.raises(UnableToMove):
        permits.grant_application(case, actor=approver, at=clock.now())


def test_the_timeline_is_drawn_from_the_record(citizen: User, intake: User) -> None:
    case = cases.accepted_application(citizen, intake)
    actions = [step.action for step in queries.timeline(case)]
    assert actions[0] == "permits.application.started"
    assert actions[-1] == "permits.application.accepted"


def test_taking_a_case_out_of_order_needs_a_reason_and_is_counted(
    citizen: User, citizen2: User, intake: User
) -> None:
    now = clock.now()
    first = cases.submitted_application(citizen, at=now - timedelta(days=3))
    later = cases.submitted_application(citizen2, version=first.service_version, at=now)
    with pytest.raises(UnableToHandle) as told:
        casework.take_case(later, actor=intake, at=now)
    assert told.value.code == "out_of_order"
    taken = casework.take_case(later, actor=intake, reason_code="COUNTER", at=now)
    assert taken.overtook == 1


def test_a_case_on_a_colleagues_desk_cannot_be_acted_on(citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    with pytest.raises(UnableToAct) as told:
        permits.accept_application(case, actor=intake, at=clock.now())
    assert told.value.code == "assignment"


def test_whoever_spoke_before_the_lapse_is_left_alone(citizen: User, intake: User) -> None:
    case = cases.mended_application(citizen, intake, at=clock.now() - timedelta(days=25))
    assert permits.lapse_applications(at=clock.now()) == 0
    case.refresh_from_db()
    assert case.status == "SUBMITTED"


def test_a_stranger_with_the_key_of_a_sending_learns_nothing(citizen: User, stranger: User) -> None:
    case = cases.filled_application(citizen)
    permits.submit_application(case, actor=citizen, submission_key="k1", at=clock.now())
    with pytest.raises(UnableToMove):
        permits.submit_application(case, actor=stranger, submission_key="k1", at=clock.now())

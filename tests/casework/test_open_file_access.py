"""Who has a task in a case, and so is not asked why they open it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.casework import openings, queries
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.factories import accounts, catalogue, machine, reviews, signing
from tests.factories import casework as cases
from tests.factories import integrity as reports
from tests.integrity.interests import relative, with_nik

Named = Callable[[str], User]


def is_asked(user: User, case: Case) -> bool:
    """Whether this officer, who may read the case, is asked why."""
    found = queries.desk_case(user, case.reference, at=clock.now())
    assert found is not None
    fresh, role = found
    return not openings.has_task(user, fresh, hats=role.hats | {role.hat}, at=clock.now())


@pytest.mark.parametrize(
    ("who", "asked"),
    [("intake", False), ("reviewer", True), ("approver", True), ("supervisor", True), ("auditor", True)],
)
def test_whoever_may_take_it_from_the_queue_has_a_task(
    named: Named, citizen: User, who: str, *, asked: bool
) -> None:
    assert is_asked(named(who), cases.submitted_application(citizen)) == asked


def test_what_lies_on_a_colleagues_desk_is_the_colleagues(
    citizen: User, intake: User, reviewer: User, reviewer2: User
) -> None:
    case = cases.accepted_application(citizen, intake)
    casework.take_case(case, actor=reviewer, at=clock.now())
    assert [is_asked(user, case) for user in (reviewer, reviewer2, intake)] == [False, True, True]


def test_what_has_ended_is_nobodys_task_though_it_ended_on_a_desk(
    citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake)
    casework.take_case(case, actor=reviewer, at=clock.now())
    permits.withdraw_application(case, actor=citizen, at=clock.now())
    assert Case.objects.get(pk=case.pk).assignee == reviewer
    assert is_asked(reviewer, case)


def test_a_file_that_the_lot_gives_out_is_nobodys_before_it_is_drawn(citizen: User, intake: User) -> None:
    version = catalogue.published_version(assignment="machine")
    case = cases.submitted_application(citizen, version=version)
    assert is_asked(intake, case) == case.service_version.is_given_out


def test_ones_own_step_is_a_task_while_it_can_be_undone(citizen: User, intake: User) -> None:
    version = catalogue.published_version(undo_seconds=600)
    case = cases.submitted_application(citizen, version=version)
    casework.take_case(case, actor=intake, at=clock.now())
    permits.accept_application(case, actor=intake, at=clock.now())
    assert not is_asked(intake, case)
    clock.move(timedelta(seconds=601))
    assert is_asked(intake, case)


def test_whoever_advised_does_not_decide_and_has_no_task(
    citizen: User, intake: User, reviewer: User, approver: User, wear: Callable[..., object]
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    wear(reviewer, "APPROVER")
    assert [is_asked(user, case) for user in (approver, reviewer)] == [False, True]


def test_a_second_request_that_waits_is_a_supervisors_task(
    citizen: User, intake: User, reviewer: User, supervisor: User
) -> None:
    case = cases.waiting_application(citizen, intake, reviewer)
    assert [is_asked(user, case) for user in (reviewer, supervisor)] == [False, True]
    cases.answered(case, citizen)
    case.refresh_from_db()
    case = casework.take_case(case, actor=reviewer, at=clock.now())
    permits.ask_applicant(case, actor=reviewer, things=cases.a_fact(), at=clock.now())
    assert not is_asked(supervisor, case)


def test_a_paper_to_sign_is_the_signers_task(
    citizen: User, intake: User, reviewer: User, approver: User, executive: User
) -> None:
    case = signing.to_sign(citizen, intake, reviewer, approver)
    assert [is_asked(user, case) for user in (executive, reviewer)] == [False, True]


def test_a_review_is_a_task_while_it_lies_on_the_desk(citizen: User, intake: User) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    review = case.reviews.order_by("pk").first()
    assert review is not None
    officer = accounts.officer("Dewi Penelaah", review.hat, agency_code=review.agency.code)
    held = reviews.taken(officer, review)
    assert openings.has_task(officer, case, hats=frozenset(), at=clock.now())
    casework.release_review(held, actor=officer, at=clock.now())
    assert not openings.has_task(officer, case, hats=frozenset(), at=clock.now())


def test_what_the_machine_decided_is_a_task_for_whoever_may_look_again(
    citizen: User, intake: User, reviewer: User
) -> None:
    case = machine.granted(citizen)
    assert [is_asked(user, case) for user in (reviewer, intake)] == [False, True]


def test_a_conflict_of_interest_leaves_no_task_but_what_lies_on_the_desk(
    citizen: User, intake: User, reviewer: User, approver: User, executive: User
) -> None:
    with_nik(citizen)
    case = signing.to_sign(citizen, intake, reviewer, approver)
    relative(executive)
    assert is_asked(executive, case)


def test_of_a_report_in_confidence_only_its_examiner_has_a_task(db: None) -> None:
    reports.ready()
    examiner, colleague = reports.examiner("Ani Pemeriksa"), reports.examiner("Bayu Pemeriksa")
    case = reports.in_examination(examiner)
    assert [is_asked(user, case) for user in (examiner, colleague)] == [False, True]

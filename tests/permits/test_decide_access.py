"""Who may take which step with a permit application."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.transaction import atomic

from permits import operations as permits
from permits.workflow import PERMITS
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, workload
from services.casework.models import Case
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts
from tests.factories import casework as cases

OFFICERS = (
    "intake",
    "reviewer",
    "approver",
    "supervisor",
    "executive",
    "auditor",
    "administrator",
    "inspector",
)
FOREIGN = ("foreign_intake", "foreign_reviewer", "foreign_approver", "stranger")
WHO_MAY = {
    "return": "intake",
    "accept": "intake",
    "ask": "reviewer",
    "ask_again": "supervisor",
    "recommend": "reviewer",
    "grant": "approver",
    "refuse": "approver",
}


@pytest.mark.parametrize("name", OFFICERS + FOREIGN)
def test_only_the_hat_of_the_step_in_the_agency_of_the_case(
    name: str, request: pytest.FixtureRequest, citizen: User, intake: User, reviewer: User
) -> None:
    officer: User = request.getfixturevalue(name)
    now = clock.now()
    waiting = {
        "SUBMITTED": cases.submitted_application(citizen, at=now),
        "IN_REVIEW": cases.accepted_application(citizen, intake, at=now),
        "READY_FOR_DECISION": cases.recommended_application(citizen, intake, reviewer, at=now),
    }
    for status, case in waiting.items():
        case.assignee = officer
        allowed = {row.name for row in queries.allowed_transitions(case, officer, at=now)}
        expected = {row.name for row in PERMITS.leaving(status) if WHO_MAY.get(row.name) == name}
        assert allowed == expected, status


def test_a_stranger_cannot_send_somebody_elses_draft(citizen: User, stranger: User) -> None:
    case = cases.filled_application(citizen)
    with pytest.raises(UnableToAct):
        permits.submit_application(case, actor=stranger, submission_key="k", at=clock.now())


def test_an_officer_cannot_handle_their_own_application(intake: User) -> None:
    case = cases.submitted_application(intake)
    with pytest.raises(casework.UnableToHandle) as told:
        casework.take_case(case, actor=intake, at=clock.now())
    assert told.value.code == "hat"


def test_the_reviewer_who_recommended_cannot_decide_even_with_both_hats(
    citizen: User, intake: User, reviewer: User, wear: Any
) -> None:
    wear(reviewer, "APPROVER")
    case = cases.recommended_application(citizen, intake, reviewer)
    case.assignee = reviewer
    assert [row.name for row in queries.allowed_transitions(case, reviewer, at=clock.now())] == []


def asked_by(asker: User, citizen: User, intake: User, reviewer: User) -> Case:
    """Asked for a fact, answered, and recommended by somebody else."""
    waiting = cases.waiting_application(citizen, intake, asker)
    case = casework.release_case(cases.answered(waiting, citizen), actor=asker, at=clock.now())
    casework.take_case(case, actor=reviewer, at=clock.now())
    return permits.recommend_application(case, actor=reviewer, recommendation="GRANT", at=clock.now())


def asked_again_by(asker: User, citizen: User, intake: User, reviewer: User) -> Case:
    """Asked for a fact twice and recommended by somebody else, the second time with the word of this supervisor."""
    case = cases.waiting_application(citizen, intake, reviewer)
    case = cases.answered(case, citizen)
    again = permits.ask_applicant(case, actor=reviewer, things=cases.a_fact(), at=clock.now())
    number = again.requests.get(state="PROPOSED").pk
    case = permits.release_request(again, actor=asker, number=number, at=clock.now())
    case = cases.answered(case, citizen)
    return permits.recommend_application(case, actor=reviewer, recommendation="GRANT", at=clock.now())


@pytest.mark.parametrize(("asked", "hat"), [(asked_by, "REVIEWER"), (asked_again_by, "SUPERVISOR")])
def test_whoever_asked_the_applicant_never_decides(
    asked: Callable[..., Case],
    hat: str,
    citizen: User,
    intake: User,
    reviewer: User,
    approver: User,
    supervisor: User,
    wear: Any,
    django_assert_num_queries: Any,
) -> None:
    wear(approver, hat)
    case = asked(approver, citizen, intake, reviewer)
    waits: dict[str, Any] = {"agency": case.agency, "hat": "APPROVER", "at": clock.now()}
    second = accounts.officer("Penyetuju Kedua", "APPROVER")
    assert not queries.waiting_for(user=approver, **waits).exists()
    assert list(queries.waiting_for(user=second, **waits)) == [case]
    casework.take_case(case, actor=second, at=clock.now())
    with pytest.raises(casework.UnableToHandle) as handed:
        casework.hand_over(
            [case.reference],
            actor=supervisor,
            agency=case.agency,
            to=approver,
            reason_code="LATE",
            at=clock.now(),
        )
    assert handed.value.code == "four_eyes"
    Case.objects.filter(pk=case.pk).update(assignee=approver)
    with pytest.raises(UnableToAct) as refused:
        permits.grant_application(case, actor=approver, at=clock.now())
    assert refused.value.code == "four_eyes"
    read = queries.desk_case(approver, case.reference, at=clock.now())
    assert read is not None
    with django_assert_num_queries(0):
        assert queries.allowed_transitions(read[0], approver, at=clock.now(), hats=read[1].signed) == []
    with pytest.raises(DatabaseError, match="whoever asked the applicant does not decide"), atomic():
        Case.objects.filter(pk=case.pk).update(decided_by=approver)


def test_the_queue_never_offers_ones_own_application(intake: User) -> None:
    case = cases.submitted_application(intake)
    with pytest.raises(casework.UnableToHandle) as told:
        casework.take_next_case(actor=intake, agency=case.agency, hat="INTAKE", at=clock.now())
    assert told.value.code == "queue_empty"


def test_a_stranger_does_not_see_the_case(citizen: User, stranger: User, foreign_intake: User) -> None:
    case = cases.submitted_application(citizen)
    assert queries.case_for(stranger, case.reference) is None
    assert queries.desk_case(foreign_intake, case.reference, at=clock.now()) is None


def test_a_draft_is_invisible_to_the_desk(citizen: User, intake: User, supervisor: User) -> None:
    case = cases.filled_application(citizen)
    assert queries.desk_case(intake, case.reference, at=clock.now()) is None
    assert case not in workload.readable(workload.office_of(supervisor, at=clock.now()))

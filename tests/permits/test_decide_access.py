"""Who may take which step with a permit application."""

from typing import Any

import pytest

from permits import operations as permits
from permits.workflow import PERMITS
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, workload
from services.casework.policies import UnableToAct
from services.foundation import clock
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

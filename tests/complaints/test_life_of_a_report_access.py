"""Who may take which step with a report, and who sees one that is confidential."""

from collections.abc import Callable

import pytest

from complaints import operations as complaints
from complaints.workflow import COMPLAINTS
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, workload
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.casework.policies import Bearer, UnableToAct
from services.foundation import clock
from tests.factories import complaints as reports

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
MADE_BY: dict[str, Callable[[User, User], Case]] = {
    "RECEIVED": lambda _intake, _officer: reports.received_report(),
    "NEEDS_DATA": lambda intake, _officer: reports.asked_report(intake),
    "VERIFIED": lambda intake, _officer: reports.verified_report(intake),
    "ASSIGNED": lambda intake, _officer: reports.assigned_report(intake, category="waste"),
    "PLANNED": lambda intake, officer: reports.planned_report(intake, officer, category="waste"),
    "ANSWERED": lambda intake, officer: reports.answered_report(intake, officer, category="waste"),
    "REOPENED": lambda intake, officer: reports.reopened_report(intake, officer, category="waste"),
}


@pytest.mark.parametrize("status", MADE_BY)
def test_only_the_hat_of_the_step_in_the_agency_of_the_report(
    status: str, named: Callable[[str], User], intake: User, reviewer: User
) -> None:
    case = MADE_BY[status](intake, reviewer)
    for name in OFFICERS + FOREIGN:
        case.assignee = named(name)
        hat = name.upper() if name in OFFICERS else ""

        allowed = {row.name for row in queries.allowed_transitions(case, case.assignee, at=clock.now())}

        assert allowed == {row.name for row in COMPLAINTS.leaving(status) if hat in row.hats}, name


def test_whoever_has_not_taken_it_does_not_answer_it(
    intake: User, foreign_reviewer: User, reviewer: User
) -> None:
    case = reports.assigned_report(intake)
    for officer in (foreign_reviewer, reviewer, intake):
        with pytest.raises(UnableToAct):
            complaints.answer_report(case, actor=officer, words="Sudah", at=clock.now())


def test_the_complaints_office_no_longer_acts_on_what_it_handed_over(intake: User) -> None:
    case = reports.assigned_report(intake)
    with pytest.raises(UnableToHandle):
        casework.take_case(case, actor=intake, at=clock.now())
    assert queries.desk_case(intake, case.reference, at=clock.now()) is None


def test_nobody_but_the_reporter_says_whether_it_is_solved(
    intake: User, foreign_reviewer: User, citizen: User, stranger: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer, citizen)
    for other in (stranger, intake, foreign_reviewer, Bearer("C-00000-00000")):
        with pytest.raises(UnableToAct):
            complaints.solve_report(case, actor=other, at=clock.now())
        with pytest.raises(UnableToAct):
            complaints.reopen_report(case, actor=other, words="Belum", at=clock.now())
    assert complaints.solve_report(case, actor=citizen, at=clock.now()).status == "SOLVED"


def test_a_second_dissatisfaction_of_somebody_else_does_not_escalate(
    intake: User, foreign_reviewer: User, stranger: User
) -> None:
    case = reports.reopened_report(intake, foreign_reviewer)
    casework.take_case(case, actor=foreign_reviewer, at=clock.now())
    complaints.answer_report(case, actor=foreign_reviewer, words="Sudah", at=clock.now())
    for other in (stranger, foreign_reviewer):
        with pytest.raises(UnableToAct):
            complaints.reopen_report(case, actor=other, words="Belum", at=clock.now())


def test_nobody_but_both_sides_writes_in_the_dialogue(
    intake: User, foreign_reviewer: User, foreign_approver: User, stranger: User
) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    for other in (stranger, intake, foreign_approver):
        with pytest.raises(UnableToHandle) as told:
            casework.write_message(case, actor=other, words="Halo", at=clock.now())
        assert told.value.code == "hat"


def test_an_officer_does_not_handle_their_own_report(intake: User) -> None:
    case = reports.received_report(intake)
    with pytest.raises(UnableToHandle):
        casework.take_case(case, actor=intake, at=clock.now())
    with pytest.raises(UnableToHandle):
        casework.take_next_case(actor=intake, agency=case.agency, hat="INTAKE", at=clock.now())


@pytest.mark.parametrize("name", OFFICERS + FOREIGN)
def test_a_confidential_report_is_read_and_counted_by_its_receivers_alone(
    name: str, request: pytest.FixtureRequest
) -> None:
    officer: User = request.getfixturevalue(name)
    case = reports.received_report(category="illegal-levy")
    now = clock.now()
    office = workload.office_of(officer, at=now)
    receives = name in {"intake", "reviewer"}

    assert (queries.desk_case(officer, case.reference, at=now) is not None) == receives
    assert workload.readable(office).filter(pk=case.pk).exists() == receives
    assert workload.counts(office, at=now).open == int(receives)


@pytest.mark.parametrize("name", ["supervisor", "executive", "auditor", "foreign_reviewer"])
def test_the_receiver_of_a_confidential_report_changes_with_its_office(
    name: str, request: pytest.FixtureRequest, intake: User
) -> None:
    officer: User = request.getfixturevalue(name)
    case = reports.assigned_report(intake, visibility="CONFIDENTIAL")

    is_theirs = name == "foreign_reviewer"
    assert (queries.desk_case(officer, case.reference, at=clock.now()) is not None) == is_theirs
    assert queries.desk_case(intake, case.reference, at=clock.now()) is None

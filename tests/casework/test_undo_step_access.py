"""Who may take a step back: whoever took it, and nobody else."""

from datetime import timedelta

import pytest

from services.accounts.models import Membership, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.casework.desk import Desk, file
from tests.factories import accounts, catalogue
from tests.factories import casework as cases


@pytest.fixture
def accepted(citizen: User, intake: User) -> Case:
    """Accepted a moment ago."""
    return cases.accepted_application(
        citizen, intake, version=catalogue.published_version(undo_seconds=600), at=clock.now()
    )


@pytest.mark.parametrize(
    "name",
    ["citizen", "stranger", "reviewer", "approver", "supervisor", "executive", "auditor", "administrator"],
)
def test_nobody_else_undoes_it(name: str, request: pytest.FixtureRequest, accepted: Case) -> None:
    with pytest.raises(UnableToHandle) as refused:
        casework.undo_step(accepted, actor=request.getfixturevalue(name), at=clock.now())
    assert refused.value.code == "other"


def test_a_colleague_with_the_same_hat_does_not_either(accepted: Case) -> None:
    colleague = accounts.officer("Rina Intake", "INTAKE")
    with pytest.raises(UnableToHandle) as refused:
        casework.undo_step(accepted, actor=colleague, at=clock.now())
    assert refused.value.code == "other"


def test_whoever_lost_the_hat_meanwhile_does_not(accepted: Case, intake: User) -> None:
    now = clock.now()
    yesterday = clock.local_date(now) - timedelta(days=1)
    Membership.objects.filter(user=intake).update(valid_until=yesterday)
    with pytest.raises(UnableToAct) as refused:
        casework.undo_step(accepted, actor=intake, at=now)
    assert refused.value.code == "hat"


def test_the_machines_step_is_not_undone(citizen: User, accepted: Case) -> None:
    grant = accepted.workflow.transition("grant_by_machine")
    assert not grant.can_be_undone
    assert all(row.undoes != "grant_by_machine" for row in accepted.workflow.transitions)


def test_the_button_stands_for_whoever_took_the_step_alone(
    desk: Desk, accepted: Case, intake: User, supervisor: User
) -> None:
    assert "can still be undone" in desk.sit(intake).open(accepted)
    page = desk.sit(supervisor).open(accepted)
    assert "can still be undone" not in page
    assert "may still be undone by whoever took it" in page
    desk.press(accepted, "undo/")
    assert Case.objects.get(pk=accepted.pk).status == "IN_REVIEW"
    assert "Only whoever took the step can undo it." in desk.open(accepted)


def test_the_address_of_the_button_does_nothing_when_it_is_only_read(
    desk: Desk, accepted: Case, intake: User
) -> None:
    answer = desk.sit(intake).client.get(file(accepted, "undo/"))
    assert (answer.status_code, answer["Location"]) == (302, file(accepted))
    assert Case.objects.get(pk=accepted.pk).status == "IN_REVIEW"


def test_the_first_page_offers_it_right_after_the_step_and_the_file_lies_there_again(
    desk: Desk, citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen, version=catalogue.published_version(undo_seconds=600))
    case = casework.take_case(case, actor=intake, at=clock.now())
    answer = desk.sit(intake).act(case, "accept", version=case.row_version)
    page = desk.read(answer["Location"])
    assert f"Your step on {case.reference} can still be undone" in page
    assert "For 9 minutes more" in page
    assert desk.press(case, "undo/")["Location"] == file(case)
    page = desk.open(case)
    assert "stands as before your last step" in page
    assert "can still be undone" not in page
    assert "What was taken back: The file was accepted as complete." in page
    assert Case.objects.get(pk=case.pk).assignee == intake


def test_the_event_names_who_undid_it_and_what(accepted: Case, intake: User) -> None:
    casework.undo_step(accepted, actor=intake, at=clock.now())
    event = audit.events_of(Subject("case", accepted.reference), since=accepted.created_at)[-1]
    assert event.action == "permits.step.undone"
    assert (event.actor.hat, event.details["undoes"]) == ("INTAKE", "accept")

"""What the database refuses, whoever asks: the web role with raw SQL, and the owner as well."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from services.accounts.models import User
from services.casework.models import Case, TransitionRow
from services.casework.workflow import every
from services.foundation import clock
from tests.factories import casework


def settle() -> None:
    """Let the deferred triggers speak now, as they would at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def run(sql: str, *values: Any) -> None:
    """Run a statement as somebody with the web role's password would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        settle()


def refused(sql: str, *values: object) -> str:
    """The message with which the database refuses a statement."""
    with pytest.raises(DatabaseError) as refusal:
        run(sql, *values)
    return str(refusal.value)


def test_an_application_sent_through_its_operation_satisfies_every_trigger(citizen: User) -> None:
    case = casework.submitted_application(citizen)
    settle()
    assert case.status == "SUBMITTED"


def test_a_status_without_a_road_is_refused(citizen: User) -> None:
    case = casework.submitted_application(citizen)
    message = refused(
        "UPDATE casework_case SET status = 'ISSUED', row_version = row_version + 1 WHERE id = %s", case.pk
    )
    assert "no road" in message


def test_a_status_along_a_road_but_without_an_event_is_refused(citizen: User) -> None:
    case = casework.submitted_application(citizen)
    settle()
    message = refused(
        "UPDATE casework_case SET status = 'IN_REVIEW', row_version = row_version + 1 WHERE id = %s", case.pk
    )
    assert "without an event" in message


def test_an_old_event_does_not_cover_a_new_change(citizen: User) -> None:
    case = casework.submitted_application(citizen)
    settle()
    message = refused(
        "UPDATE casework_case SET status = 'RETURNED', status_at = %s, row_version = row_version + 1 WHERE id = %s",
        case.status_at,
        case.pk,
    )
    assert "without an event" in message


def test_a_queryset_update_of_the_status_is_refused(citizen: User) -> None:
    case = casework.submitted_application(citizen)
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status="IN_REVIEW")


def test_a_case_is_not_born_sent(citizen: User) -> None:
    template = casework.draft_application(citizen)
    template.pk, template.reference, template.status = None, "P-00000-00000", "SUBMITTED"
    with pytest.raises(DatabaseError, match="no road"), transaction.atomic():
        template.save(force_insert=True)


def test_a_case_cannot_be_deleted(citizen: User) -> None:
    case = casework.draft_application(citizen)
    assert "permission denied" in refused("DELETE FROM casework_case WHERE id = %s", case.pk)


def test_the_web_role_cannot_lay_a_road() -> None:
    assert "permission denied" in refused(
        "INSERT INTO casework_transition (kind, source, target) VALUES ('X', '', 'Y')"
    )


def test_the_roads_in_the_database_are_those_of_the_workflows() -> None:
    known = {row for workflow in every() for row in workflow.rows()}
    assert set(TransitionRow.objects.values_list("kind", "source", "target")) == known


def test_nobody_can_be_given_their_own_application(citizen: User, intake: User) -> None:
    case = casework.submitted_application(intake)
    message = refused(
        "UPDATE casework_case SET assignee_id = %s, row_version = row_version + 1 WHERE id = %s",
        intake.pk,
        case.pk,
    )
    assert "their own application" in message


def test_whoever_recommends_does_not_decide_says_the_database(
    citizen: User, intake: User, reviewer: User
) -> None:
    case = casework.recommended_application(citizen, intake, reviewer)
    message = refused(
        "UPDATE casework_case SET decided_by_id = %s, row_version = row_version + 1 WHERE id = %s",
        reviewer.pk,
        case.pk,
    )
    assert "case_whoever_recommends_does_not_decide" in message


def test_a_version_cannot_be_jumped_over(citizen: User) -> None:
    case = casework.draft_application(citizen, at=clock.now())
    message = refused("UPDATE casework_case SET row_version = row_version + 2 WHERE id = %s", case.pk)
    assert "does not follow" in message


def test_a_road_back_is_closed_without_a_step_that_can_be_undone(citizen: User, intake: User) -> None:
    case = casework.accepted_application(citizen, intake)
    settle()
    message = refused(
        "UPDATE casework_case SET status = 'SUBMITTED', row_version = row_version + 1 WHERE id = %s", case.pk
    )
    assert "nothing to undo" in message


def test_every_road_that_only_undoes_is_marked_as_one() -> None:
    onward = {
        (flow.kind, source, row.target)
        for flow in every()
        for row in flow.transitions
        if not row.undoes
        for source in row.sources
    }
    marked = set(TransitionRow.objects.filter(undoes=True).values_list("kind", "source", "target"))
    known = {row for flow in every() for row in flow.rows()}
    assert marked == known - onward

"""A superior takes the answer to an objection back in time: the objection waits again, and nobody outside heard of the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import objecting, policies, queries
from services.casework import operations as casework
from services.casework.models import Case, Objection
from services.casework.operations import UnableToHandle
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.casework.test_undo_step import WINDOW, Officers, ready_for, take
from tests.factories import accounts

Deliver = Callable[[], int]
WORDS, ANSWER = "Tempat ibadah itu sudah pindah.", "Jarak diukur ulang dan kurang dari 50 meter."
#: Each answer with where the case stands after it, and the notice of it.
ANSWERS = {
    "confirm_decision": ("REFUSED", "applications/objection_confirmed"),
    "replace_decision": ("GRANTED", "applications/objection_granted"),
}


@pytest.fixture
def superior(db: None) -> User:
    """Another signatory of the office."""
    return accounts.officer("Ratih Atasan", Hat.APPROVER)


@pytest.fixture
def objected(
    citizen: User, intake: User, reviewer: User, approver: User, superior: User, deliver_outbox: Deliver
) -> Case:
    """Refused yesterday and objected to; whoever is told of that was told."""
    officers: Officers = {"intake": intake, "reviewer": reviewer, "approver": approver}
    at = clock.now() - timedelta(hours=2)
    refused = take("refuse", ready_for("refuse", citizen, officers, at=at), officers, at=at)
    then = at + WINDOW
    case = permits.BY_TRANSITION["object"](refused, actor=citizen, words=WORDS, at=then)
    deliver_outbox()
    return case


def answer(name: str, case: Case, superior: User) -> Case:
    """Answered; each step settled as in its own transaction."""
    settle()
    case = permits.BY_TRANSITION[name](case, actor=superior, reason=ANSWER, at=clock.now())
    settle()
    return case


def undo(case: Case, by: User, *, at: datetime | None = None) -> Case:
    """Taken back."""
    case = casework.undo_step(case, actor=by, at=at or clock.now())
    settle()
    return case


def stands(case: Case) -> list[Any]:
    fresh = Case.objects.get(pk=case.pk)
    rows = Objection.objects.filter(case=case).values_list("result", "answer", "answered_by", "answered_at")
    names = (
        "status",
        "outcome",
        "decided_by_id",
        "decided_at",
        "closed_at",
        "due_at",
        "reason",
        "reason_code",
    )
    return [getattr(fresh, name) for name in names] + list(rows)


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("name", ANSWERS)
def test_the_objection_waits_again_as_before_and_nobody_is_told(
    name: str, objected: Case, superior: User, deliver_outbox: Deliver
) -> None:
    before, notices = stands(objected), Notice.objects.count()
    case = answer(name, objected, superior)
    assert case.status == ANSWERS[name][0]
    undone = undo(case, superior)
    assert (undone.status, stands(objected)) == ("OBJECTION", before)
    clock.move(timedelta(hours=3))
    deliver_outbox()
    assert not Notice.objects.filter(notice=ANSWERS[name][1]).exists()
    assert (Notice.objects.count(), Certificate.objects.count()) == (notices, 0)
    steps = [step.action for step in queries.timeline(undone)]
    assert steps[-2:] == [case.workflow.transition(name).event, "permits.step.undone"]


@pytest.mark.parametrize("name", ANSWERS)
def test_the_applicant_reads_no_answer_before_the_window_is_over_and_is_told_once(
    name: str, objected: Case, superior: User, citizen: User, deliver_outbox: Deliver
) -> None:
    answer(name, objected, superior)
    deliver_outbox()
    told = queries.case_for(citizen, objected.reference)
    assert told is not None
    found = objecting.objection_of(told)
    assert found is not None
    assert (told.status, found.answer, found.answered_at) == ("OBJECTION", "", None)
    assert not Notice.objects.filter(notice=ANSWERS[name][1]).exists()
    assert not Certificate.objects.exists()
    clock.move(WINDOW)
    deliver_outbox()
    deliver_outbox()
    assert Notice.objects.filter(notice=ANSWERS[name][1]).count() == 1
    assert Certificate.objects.count() == (name == "replace_decision")


@pytest.mark.parametrize("name", ANSWERS)
def test_another_answer_can_be_given_after_it_was_undone(
    name: str, objected: Case, superior: User, deliver_outbox: Deliver
) -> None:
    other = next(each for each in ANSWERS if each != name)
    again = undo(answer(name, objected, superior), superior)
    answer(other, again, superior)
    clock.move(WINDOW)
    deliver_outbox()
    told = Notice.objects.filter(notice__in=[notice for _status, notice in ANSWERS.values()])
    assert list(told.values_list("notice", flat=True)) == [ANSWERS[other][1]]


def test_only_whoever_answered_undoes_it_once_and_never_after_the_window(
    objected: Case, superior: User, executive: User
) -> None:
    case = answer("confirm_decision", objected, superior)
    with pytest.raises(UnableToHandle) as other:
        undo(case, executive)
    with pytest.raises(UnableToHandle) as late:
        undo(case, superior, at=clock.now() + WINDOW)
    undo(case, superior)
    with pytest.raises(UnableToHandle):
        undo(case, superior)
    assert (other.value.code, late.value.code) == ("other", "over")


def test_what_a_worker_has_begun_to_tell_stands(objected: Case, superior: User) -> None:
    case = answer("replace_decision", objected, superior)
    Message.objects.filter(topic="permits.objection.granted").update(attempts=1)
    with pytest.raises(UnableToHandle) as refused:
        undo(case, superior)
    assert (refused.value.code, stands(case)[-1][0]) == ("begun", "REPLACED")


def test_the_question_of_the_first_end_is_not_taken_back_with_the_second(
    objected: Case, superior: User
) -> None:
    asked = Message.objects.filter(topic="casework.case.closed")
    before = asked.count()
    undo(answer("confirm_decision", objected, superior), superior)
    assert asked.count() == before > 0


def test_an_answer_that_stands_is_taken_away_by_nobody(objected: Case, superior: User) -> None:
    answer("confirm_decision", objected, superior)
    Case.objects.filter(pk=objected.pk).update(undo=None, undo_until=None)
    blank = {"result": "", "answer": "", "answered_by": None, "answered_at": None}
    with pytest.raises(DatabaseError), transaction.atomic():
        Objection.objects.filter(case=objected).update(**blank)


def test_an_answer_is_not_taken_away_without_its_own_step(objected: Case, superior: User) -> None:
    answer("confirm_decision", objected, superior)
    blank = {"result": "", "answer": "", "answered_by": None, "answered_at": None}
    Objection.objects.filter(case=objected).update(**blank)
    with pytest.raises(DatabaseError, match="stands while its case does"):
        settle()


@pytest.mark.parametrize(
    ("way", "name", "standing"),
    [("suspend", "confirm_paper", "SUSPENDED"), ("revoke", "replace_paper", "REVOKED")],
)
def test_the_answer_about_a_paper_is_undone_too(
    way: str,
    name: str,
    standing: str,
    citizen: User,
    intake: User,
    reviewer: User,
    approver: User,
    superior: User,
    deliver_outbox: Deliver,
) -> None:
    officers: Officers = {"intake": intake, "reviewer": reviewer, "approver": approver}
    at = clock.now() - timedelta(hours=2)
    issued = take("grant", ready_for("grant", citizen, officers, at=at), officers, at=at)
    deliver_outbox()
    changes = {"suspend": casework.suspend_certificate, "revoke": casework.revoke_certificate}
    changes[way](issued, actor=approver, reason="Dapur kotor.", at=clock.now())
    permits.BY_TRANSITION["contest"](issued, actor=citizen, words=WORDS, at=clock.now())
    before = stands(issued)
    undone = undo(answer(name, issued, superior), superior)
    clock.move(WINDOW)
    deliver_outbox()
    assert (undone.status, stands(issued)) == ("CONTESTED", before)
    assert Certificate.objects.get().standing == standing
    assert not Notice.objects.filter(
        notice__in=["applications/paper_confirmed", "applications/paper_replaced"]
    )


def test_a_head_who_answered_may_undo_and_reads_no_other_refusal_for_it(
    objected: Case, executive: User
) -> None:
    case = answer("confirm_decision", objected, executive)
    assert not case.workflow.acts_in(Hat.EXECUTIVE, case.status)
    assert undo(case, executive).status == "OBJECTION"
    assert policies.hats_for(executive, case, clock.now()) == {Hat.EXECUTIVE}

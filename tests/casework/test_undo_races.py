"""Undoing while somebody else is at it: a worker that holds the message, a second tab of the same officer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox.models import Message
from tests.factories import casework as cases
from tests.factories import catalogue

pytestmark = pytest.mark.django_db(transaction=True)
WINDOW = timedelta(seconds=600)


@pytest.fixture
def accepted(citizen: User, intake: User) -> Case:
    version = catalogue.published_version(undo_seconds=600)
    return cases.accepted_application(citizen, intake, version=version, at=clock.now())


@pytest.fixture
def held(accepted: Case) -> Iterator[Message]:
    """The message of the step, locked by another connection as a worker locks what it picks up."""
    message = Message.objects.get(topic="permits.application.accepted")
    worker = connection.copy()
    with worker.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT id FROM outbox_message WHERE id = %s FOR UPDATE", [message.pk])
        yield message
        cursor.execute("ROLLBACK")
    worker.close()


def undo(case: Case, officer: User) -> str:
    """Undo in a thread of its own; returns what came of it."""
    try:
        return casework.undo_step(case, actor=officer, at=clock.now()).status
    except UnableToHandle as refused:
        return refused.code
    finally:
        connections.close_all()


def test_a_worker_that_holds_the_message_keeps_the_step_and_nobody_waits_for_another(
    accepted: Case, held: Message, intake: User
) -> None:
    assert undo(accepted, intake) == "begun"
    assert Case.objects.get(pk=accepted.pk).status == "IN_REVIEW"
    assert Message.objects.filter(pk=held.pk).exists()


def test_two_tabs_undo_once(accepted: Case, intake: User) -> None:
    with ThreadPoolExecutor(2) as tabs:
        came = sorted(tabs.map(lambda _tab: undo(accepted, intake), range(2)))
    assert came == ["SUBMITTED", "over"]
    actions = [step.action for step in queries.timeline(accepted)]
    assert actions.count("permits.step.undone") == 1


def test_a_worker_that_comes_too_late_finds_nothing_to_tell(accepted: Case, intake: User) -> None:
    message = Message.objects.get(topic="permits.application.accepted")
    assert undo(accepted, intake) == "SUBMITTED"
    clock.move(WINDOW)
    assert not delivery.deliver(message.pk)
    assert not Notice.objects.filter(notice="applications/accepted").exists()


def test_a_worker_that_died_during_the_window_loses_nothing(accepted: Case) -> None:
    message = Message.objects.get(topic="permits.application.accepted")
    assert not delivery.deliver(message.pk)
    clock.move(WINDOW)
    assert delivery.deliver(message.pk)
    assert not delivery.deliver(message.pk)
    assert Notice.objects.filter(notice="applications/accepted").count() == 1

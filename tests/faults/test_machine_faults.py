"""Workers killed, connections cut, beats doubled and a clock moved in the middle of an automatic decision: it is made once."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread

from django.db import connection

from permits import operations as permits
from services.accounts.models import User
from services.casework import queries
from services.casework.models import Case, CheckResult
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import operations, rules
from services.outbox import queries as outbox
from services.outbox.models import Message
from tests.factories import machine
from tests.faults import probes
from tests.faults.conftest import Worker, wait_until

Start = Callable[[], Worker]


def granted(case: Case) -> int:
    """How often the record says that the machine has granted it."""
    steps = queries.timeline(case)
    return [step.action for step in steps].count("permits.application.granted_by_machine")


def test_a_worker_killed_between_check_and_grant_loses_nothing_and_grants_once(
    start_worker: Start, tmp_path: Path, citizen: User
) -> None:
    machine.known(citizen)
    first = start_worker()
    case = machine.sent(citizen, checks=["identity_known", probes.CHECK, "documents_complete"])
    wait_until((tmp_path / "looked").exists, first.log.read_text)
    first.kill()
    case.refresh_from_db()
    assert (case.status, granted(case)) == ("SUBMITTED", 0)
    assert not CheckResult.objects.exists()

    second = start_worker()
    clock.move(rules.RELAY_AGAIN_AFTER + timedelta(seconds=1))
    operations.relay_due(at=clock.now())
    wait_until(
        lambda: Case.objects.filter(pk=case.pk, status="ISSUED").exists(),
        lambda: first.log.read_text() + second.log.read_text(),
    )
    assert granted(case) == 1
    assert CheckResult.objects.filter(result="PASSED").count() == len(case.service_version.parsed.checks)
    assert Certificate.objects.filter(reference=case.reference).count() == 1


def test_a_case_withdrawn_while_the_worker_was_dead_is_not_granted(
    start_worker: Start, tmp_path: Path, citizen: User
) -> None:
    machine.known(citizen)
    first = start_worker()
    case = machine.sent(citizen, checks=["identity_known", probes.CHECK])
    wait_until((tmp_path / "looked").exists, first.log.read_text)
    first.kill()
    permits.withdraw_application(case, actor=citizen, at=clock.now())

    second = start_worker()
    clock.move(rules.RELAY_AGAIN_AFTER + timedelta(seconds=1))
    operations.relay_due(at=clock.now())
    checking = Message.objects.filter(
        topic="permits.application.submitted", subscriber__endswith="check_the_file"
    )
    wait_until(lambda: checking.filter(done_at__isnull=False).exists(), second.log.read_text)
    case.refresh_from_db()
    assert (case.status, granted(case)) == ("WITHDRAWN", 0)


def test_a_database_that_restarts_amid_the_decision_two_beats_and_a_moved_clock_make_one_of_everything(
    start_worker: Start, tmp_path: Path, citizen: User
) -> None:
    machine.known(citizen)
    workers = [start_worker(), start_worker()]
    case = machine.sent(citizen, checks=["identity_known", probes.CHECK, "documents_complete"])
    wait_until((tmp_path / "looked").exists, workers[0].log.read_text)
    cut_every_connection()
    (tmp_path / probes.LET_GO).touch()
    case.refresh_from_db()
    assert (case.status, granted(case)) == ("SUBMITTED", 0)

    def happens(condition: Callable[[], bool]) -> None:
        wait_until(
            partial(later, condition),
            lambda: "".join(worker.log.read_text() for worker in workers),
        )

    happens(lambda: Case.objects.filter(pk=case.pk, status="ISSUED").exists())
    happens(lambda: not outbox.due(clock.now()).exists())
    assert granted(case) == 1
    assert Certificate.objects.filter(reference=case.reference).count() == 1
    notices = list(Notice.objects.filter(reference=case.reference).values_list("notice", flat=True))
    assert len(notices) == len(set(notices)), notices
    assert notices


def cut_every_connection() -> None:
    """What a restart of the database does to whoever is connected, ourselves too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
        assert [cut for (cut,) in cursor.fetchall()].count(True) >= 1
    connection.close()


def later(condition: Callable[[], bool]) -> bool:
    """Whether it has happened, after another two beats."""
    two_beats_later()
    return condition()


def two_beats_later() -> None:
    """Some minutes later, sweep as two beats do that know nothing of each other, and give the workers a moment."""

    def sweep() -> None:
        operations.relay_due(at=clock.now())
        connection.close()

    clock.move(rules.CLAIM + rules.RELAY_AGAIN_AFTER)
    threads = [Thread(target=sweep) for _beat in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(0.5)

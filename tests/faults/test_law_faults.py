"""A worker killed amid the sweep that grants by operation of law, two beats and a moved clock: one decision, one certificate, one notice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import redis
from django.db import connection, transaction

from services.accounts.models import User
from services.casework import queries, tasks
from services.casework.models import Case, Expiry
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import queries as outbox
from tests.factories import casework as cases
from tests.factories import catalogue
from tests.faults.conftest import Worker, wait_until
from tests.faults.test_machine_faults import later

Start = Callable[[], Worker]
BY_LAW = "permits.application.granted_by_law"


@contextmanager
def nothing_is_promised() -> Iterator[None]:
    """Whoever promises something waits here: all else of a grant is written by then, and nothing of it is committed."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE outbox_message IN SHARE MODE")
        yield


def somebody_waits() -> bool:
    """Whether another process waits to promise something."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'outbox_message'::regclass"
        )
        (waiting,) = cursor.fetchone()
    return bool(waiting)


def granted(case: Case) -> int:
    """How often the record says that the law has granted it."""
    return [step.action for step in queries.timeline(case)].count(BY_LAW)


def test_a_worker_killed_amid_the_sweep_leaves_nothing_and_two_beats_grant_once(
    start_worker: Start, broker: redis.Redis, citizen: User, intake: User
) -> None:
    version = catalogue.published_version(slug="izin-diam", deemed_approval="auto_issue")
    case = cases.accepted_application(citizen, intake, at=clock.now() - timedelta(days=30), version=version)
    broker.flushdb()
    with nothing_is_promised():
        first = start_worker()
        tasks.expire_clocks.delay()
        wait_until(somebody_waits, first.log.read_text)
        first.kill()
    case.refresh_from_db()
    assert (case.status, granted(case), Expiry.objects.count()) == ("IN_REVIEW", 0, 0)

    workers = [start_worker(), start_worker()]

    def explained() -> str:
        return "".join(worker.log.read_text() for worker in workers)

    def issued() -> bool:
        return Case.objects.filter(pk=case.pk, status="ISSUED").exists()

    for _beat in range(2):
        tasks.expire_clocks.delay()
    wait_until(Expiry.objects.exists, explained)
    wait_until(lambda: later(issued), explained)
    tasks.expire_clocks.delay()
    wait_until(lambda: later(lambda: not outbox.due(clock.now()).exists()), explained)
    assert (granted(case), Expiry.objects.count()) == (1, 1)
    assert Certificate.objects.filter(reference=case.reference).count() == 1
    told = list(Notice.objects.filter(reference=case.reference).values_list("notice", "recipient"))
    assert len(told) == len(set(told)), told
    assert [notice for notice, _who in told].count("applications/granted_by_law") == 1

"""A worker killed between the checks and the grant: nothing is lost, and the case is granted once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from permits import operations as permits
from services.accounts.models import User
from services.casework import queries
from services.casework.models import Case, CheckResult
from services.documents.models import Certificate
from services.foundation import clock
from services.outbox import operations, rules
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

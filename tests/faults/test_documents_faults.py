"""Joining and signing by real workers, one of which dies by SIGKILL while it signs."""

from collections.abc import Callable
from datetime import timedelta

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.documents import operations
from services.documents.models import Certificate, Document, NumberSeries
from services.foundation import clock
from services.outbox import operations as outbox
from tests.factories import accounts, documents
from tests.faults.conftest import Worker, wait_until

Start = Callable[[], Worker]


def state_of(certificate: Certificate) -> str:
    certificate.refresh_from_db()
    return certificate.state


def test_a_worker_killed_while_it_signs_leaves_one_number_and_one_signature(start_worker: Start) -> None:
    first = start_worker()
    certificate = documents.ordered_certificate()
    wait_until(lambda: state_of(certificate) != Certificate.State.TO_SIGN, first.log.read_text)
    first.kill()
    assert state_of(certificate) in {Certificate.State.SIGNING, Certificate.State.SIGNED}

    second = start_worker()
    clock.move(operations.signing.CLAIM + timedelta(seconds=1))
    outbox.relay_due(at=clock.now())
    wait_until(lambda: state_of(certificate) == Certificate.State.SIGNED, second.log.read_text)

    signed = [
        event
        for event in audit.events_of(Subject("certificate", certificate.number))
        if event.action == "documents.certificate.signed"
    ]
    assert len(signed) == 1
    assert signed[0].details["sha256"] == certificate.sha256
    assert NumberSeries.objects.get().last_number == 1


def test_a_worker_joins_what_was_photographed(start_worker: Start) -> None:
    worker = start_worker()
    owner: User = accounts.signed_up("Budi Santoso")
    document = operations.finish_document(documents.photographed_document(owner, sheets=2), at=clock.now())

    def is_ready() -> bool:
        document.refresh_from_db()
        return document.state == Document.State.READY

    wait_until(is_ready, worker.log.read_text)
    assert document.page_count == 2

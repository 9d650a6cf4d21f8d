"""Erasing what an event says: by one operation, with an event, and every proof stays valid."""

import psycopg2
import pytest
from django.db import connection, transaction

from services.audit import operations, queries
from services.audit.actors import SYSTEM, USER, Actor, Subject
from services.audit.models import Event, Payload
from services.foundation import clock
from tests.emptying import owner_parameters

CASE = Subject("case", "P-7K3F9-QXM2E")
PRIVACY_OFFICER = Actor(kind=USER, hat="ADMINISTRATOR", agency="dpmptsp")


@pytest.fixture
def event(transactional_db: None) -> Event:
    with transaction.atomic():
        return operations.record(
            "casework.case.opened", actor=SYSTEM, subject=CASE, at=clock.now(), details={"name": "Siti"}
        )


def test_an_erased_payload_leaves_the_event_and_says_who_erased_it(event: Event) -> None:
    before = bytes(Event.objects.get(id=event.id).commitment)
    with transaction.atomic():
        operations.erase_payload(
            event.id, actor=PRIVACY_OFFICER, reason="UU 27/2022 article 8", at=clock.now()
        )
    assert not Payload.objects.filter(event_id=event.id).exists()
    (told,) = queries.events_of(CASE)
    assert told.is_erased
    assert told.details == {}
    after = Event.objects.get(id=event.id)
    assert bytes(after.commitment) == before
    assert queries.keeps_its_promise(after)
    (erasure,) = queries.events_of(Subject("event", str(event.id)))
    assert erasure.action == "audit.payload.erased"
    assert erasure.actor == PRIVACY_OFFICER
    assert erasure.details == {"reason": "UU 27/2022 article 8"}


def test_a_payload_is_erased_once(event: Event) -> None:
    with transaction.atomic():
        operations.erase_payload(event.id, actor=PRIVACY_OFFICER, reason="asked", at=clock.now())
    with pytest.raises(operations.UnableToErasePayload), transaction.atomic():
        operations.erase_payload(event.id, actor=PRIVACY_OFFICER, reason="asked", at=clock.now())


def test_without_an_event_the_function_erases_nothing(event: Event) -> None:
    with (
        pytest.raises(Exception, match="only with an event"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT audit_erase_payload(%s, %s)", [event.id, event.at])
    assert Payload.objects.filter(event_id=event.id).exists()


def test_an_event_of_another_transaction_does_not_count(event: Event) -> None:
    with transaction.atomic():
        operations.record(
            "audit.payload.erased", actor=SYSTEM, subject=Subject("event", str(event.id)), at=clock.now()
        )
    link = psycopg2.connect(**owner_parameters())
    with pytest.raises(psycopg2.errors.RestrictViolation), link.cursor() as cursor:
        cursor.execute("DELETE FROM audit_payload WHERE event_id = %s", [str(event.id)])
    link.close()
    assert Payload.objects.filter(event_id=event.id).exists()

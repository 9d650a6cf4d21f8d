"""Writing and reading the record."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
import structlog
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy

from services.audit import operations, queries
from services.audit.actors import ANONYMOUS, SYSTEM, USER, Actor, Subject
from services.audit.canonical import canonical
from services.audit.models import Event, Payload, Pending
from services.foundation import clock

CASE = Subject("case", "P-7K3F9-QXM2E")
OFFICER = Actor(kind=USER, pseudonym=UUID(int=7), hat="REVIEWER", agency="dpmptsp")


def record(action: str = "casework.case.opened", **changes: object) -> Event:
    values: dict[str, object] = {"actor": OFFICER, "subject": CASE, "at": clock.now()}
    return operations.record(action, **values | changes)  # type: ignore[arg-type]


@transaction.atomic
def record_and_fail() -> None:
    record()
    raise ZeroDivisionError


@transaction.atomic
def refuse_and_fail() -> None:
    operations.note_refusal("permits.permit.decide", actor=OFFICER, subject=CASE, why="cannot have reviewed")
    raise ZeroDivisionError


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_which_thing() -> None:
    at = clock.now()
    event = record(at=at, details={"purpose": "review", "pages": 3}, case_version=4)
    (told,) = queries.events_of(CASE)
    assert told == queries.RecordedEvent(
        id=event.id,
        at=at,
        action="casework.case.opened",
        actor=OFFICER,
        subject=CASE,
        case_version=4,
        details={"purpose": "review", "pages": 3},
        is_erased=False,
    )


@pytest.mark.django_db
def test_an_event_commits_to_everything_it_claims() -> None:
    event = record(details={"name": "Siti"})
    payload = Payload.objects.get(event=event)
    expected = hashlib.sha256(bytes(payload.salt) + payload.payload.encode()).digest()
    assert bytes(Event.objects.get(id=event.id).commitment) == expected
    claims = json.loads(payload.payload)
    assert claims["actor"] == {
        "agency": "dpmptsp",
        "hat": "REVIEWER",
        "kind": "USER",
        "pseudonym": str(UUID(int=7)),
    }
    assert claims["subject"] == {"key": "P-7K3F9-QXM2E", "kind": "case"}
    assert claims["details"] == {"name": "Siti"}
    assert queries.keeps_its_promise(event)


@pytest.mark.django_db
def test_two_equal_events_have_different_commitments() -> None:
    at = clock.now()
    assert record(at=at).commitment != record(at=at).commitment


@pytest.mark.django_db
def test_every_event_waits_for_the_log() -> None:
    event = record()
    assert Pending.objects.get().event_id == event.id


@pytest.mark.django_db
def test_events_are_told_in_the_order_in_which_they_happened() -> None:
    at = clock.now()
    for version, hours in ((3, 2), (1, 0), (2, 1)):
        record(at=at + timedelta(hours=hours), case_version=version)
    record(subject=Subject("case", "P-OTHER"))
    assert [event.case_version for event in queries.events_of(CASE)] == [1, 2, 3]
    assert [event.case_version for event in queries.events_of(CASE, since=at + timedelta(hours=1))] == [2, 3]


@pytest.mark.django_db(transaction=True)
def test_no_event_is_written_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_exists_together_with_what_it_tells_of_or_not_at_all() -> None:
    with pytest.raises(ZeroDivisionError):
        record_and_fail()
    assert not Event.objects.exists()
    assert not Pending.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_belongs_to_its_transaction_even_under_savepoints() -> None:
    with transaction.atomic():
        with transaction.atomic():
            event = record()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            (current,) = cursor.fetchone()
    assert Event.objects.get(id=event.id).xact == event.xact == current


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["", "Opened", "case", "casework..opened", "casework.case opened"])
def test_an_action_has_a_name_of_our_kind(action: str) -> None:
    with pytest.raises(IntegrityError, match="audit_event_action_is_app_thing_past"):
        record(action)


@pytest.mark.django_db
def test_an_event_carries_the_number_of_its_request() -> None:
    with structlog.contextvars.bound_contextvars(request_id="0b1c"):
        assert record().request_id == "0b1c"


@pytest.mark.django_db
def test_the_system_and_unknown_people_act_too() -> None:
    record(actor=SYSTEM)
    record(actor=ANONYMOUS)
    assert {event.actor.kind for event in queries.events_of(CASE)} == {"SYSTEM", "ANONYMOUS"}


@pytest.mark.django_db
def test_an_event_is_written_by_two_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        record()
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.events_of(CASE)


@pytest.mark.django_db
def test_events_recorded_in_bulk_are_as_those_recorded_one_by_one(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2), operations.in_bulk():  # type: ignore[operator]
        events = [record(details={"number": number}) for number in range(3)]
    assert [event.details["number"] for event in queries.events_of(CASE)] == [0, 1, 2]
    assert all(queries.keeps_its_promise(Event.objects.get(pk=event.pk)) for event in events)
    assert Pending.objects.filter(event__in=events).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_logged_although_the_transaction_rolls_back() -> None:
    with structlog.testing.capture_logs() as logs, pytest.raises(ZeroDivisionError):
        refuse_and_fail()
    assert logs == [
        {
            "event": "refused",
            "log_level": "warning",
            "action": "permits.permit.decide",
            "actor_kind": "USER",
            "actor": str(UUID(int=7)),
            "hat": "REVIEWER",
            "agency": "dpmptsp",
            "subject_kind": "case",
            "subject_key": "P-7K3F9-QXM2E",
            "why": "cannot have reviewed",
        }
    ]


def test_canonical_json_is_sorted_tight_and_utf8() -> None:
    moment = datetime(2026, 3, 30, 7, 5, tzinfo=UTC)
    number = uuid4()
    payload = {
        "z": moment,
        "a": {"é": "ü", "b": [1, True, None]},
        "d": date(2026, 3, 30),
        "i": number,
        "m": Decimal("1.50"),
        "l": gettext_lazy("Notices"),
    }
    assert canonical(payload) == (
        '{"a":{"b":[1,true,null],"é":"ü"},"d":"2026-03-30","i":"'
        + str(number)
        + '","l":"'
        + str(payload["l"])
        + '","m":"1.50","z":"2026-03-30T07:05:00.000000Z"}'
    )


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        canonical({"a": {1, 2}})
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})
    with pytest.raises(ValueError, match="time zone"):
        canonical({"a": datetime(2026, 3, 30)})  # noqa: DTZ001 (the naive moment is the point)

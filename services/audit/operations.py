"""The one door to the record: write an event in the business transaction, note a refusal, erase a payload."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import connection

from services.audit.actors import Actor, Subject
from services.audit.canonical import canonical, commitment, instant, new_salt
from services.audit.models import Event, Payload
from services.foundation.errors import UnableTo

#: What was recorded in the block of `in_bulk` that runs, not yet written.
_held: Final[ContextVar[list[tuple[Event, Payload]] | None]] = ContextVar("audit.held", default=None)

refusals = structlog.get_logger("services.audit.refusals")


class UnableToErasePayload(UnableTo):
    """The payload is not there any more."""


def record(
    action: str,
    *,
    actor: Actor,
    subject: Subject,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    case_version: int | None = None,
) -> Event:
    """Write one event (`app.thing.past_tense`) that exists after the commit together with what it tells of, or not at all.

    `details` is anything JSON can hold, dates and UUIDs included; it is erasable, so a person's words belong there and
    nowhere else. The database adds the row that waits for the transparency log.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{action}: an event is written inside the transaction of what it tells of")
    event = Event(
        at=at,
        action=action,
        actor_kind=actor.kind,
        actor=actor.pseudonym,
        hat=actor.hat,
        agency=actor.agency,
        subject_kind=subject.kind,
        subject_key=subject.key,
        case_version=case_version,
        request_id=_request_id(),
    )
    payload, salt = canonical(_statement(event, details)), new_salt()
    event.commitment = commitment(salt=salt, payload=payload)
    said, held = Payload(event=event, at=at, salt=salt, payload=payload), _held.get()
    if held is not None:
        held.append((event, said))
        return event
    event.save(force_insert=True)
    said.save(force_insert=True)
    return event


@contextmanager
def in_bulk() -> Iterator[None]:
    """Write what is recorded in this block at its end and all at once: for a sweep that records thousands of events.

    The block stands inside a transaction, so that an event still exists together with what it tells of, or not at all.
    """
    held: list[tuple[Event, Payload]] = []
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    Event.objects.bulk_create([event for event, _said in held])
    Payload.objects.bulk_create([said for _event, said in held])


def note_refusal(action: str, *, actor: Actor, subject: Subject, why: str) -> None:
    """Log an attempt that was refused or a look-up; the log survives the rollback that a refusal brings."""
    refusals.warning(
        "refused",
        action=action,
        actor_kind=actor.kind,
        actor=str(actor.pseudonym) if actor.pseudonym else "",
        hat=actor.hat,
        agency=actor.agency,
        subject_kind=subject.kind,
        subject_key=subject.key,
        why=why,
    )


def erase_payload(event_id: UUID, *, actor: Actor, reason: str, at: datetime) -> Event:
    """Erase what an event says (UU 27/2022) and record that it was; the event and its commitment stay.

    The database refuses the deletion of a payload without this event in the same transaction, to every role.
    """
    payload = Payload.objects.filter(event_id=event_id).values("at").first()
    if payload is None:
        raise UnableToErasePayload("the payload of this event was erased before", code="erased_before")
    erasure = record(
        "audit.payload.erased",
        actor=actor,
        subject=Subject("event", str(event_id)),
        at=at,
        details={"reason": reason},
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_erase_payload(%s, %s)", [event_id, payload["at"]])
    return erasure


def make_partitions(*, at: datetime, months: int = 3) -> int:
    """Make the partitions of this month and the next ones where they are missing; return how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions(%s, %s)", [at.date(), months + 1])
        (made,) = cursor.fetchone()
    return int(made)


def _statement(event: Event, details: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return all that the event claims, so that the commitment covers its columns too."""
    return {
        "version": 1,
        "id": event.id,
        "at": instant(event.at),
        "action": event.action,
        "actor": {
            "kind": event.actor_kind,
            "pseudonym": event.actor,
            "hat": event.hat,
            "agency": event.agency,
        },
        "subject": {"kind": event.subject_kind, "key": event.subject_key},
        "case_version": event.case_version,
        "request_id": event.request_id,
        "details": dict(details or {}),
    }


def _request_id() -> str:
    """Return the id that django-structlog gave to the request or task that is running."""
    context = structlog.contextvars.get_contextvars()
    return str(context.get("request_id") or context.get("task_id") or "")[:64]

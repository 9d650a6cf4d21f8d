"""Reading the record: the events of one subject, with what they say where that was not erased."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Max, Q

from services.audit.actors import USER, Actor, Subject
from services.audit.canonical import commitment
from services.audit.models import Event, Payload


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event as it is shown. `details` is empty when its payload was erased (`is_erased`)."""

    id: UUID
    at: datetime
    action: str
    actor: Actor
    subject: Subject
    case_version: int | None
    details: dict[str, Any]
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Act:
    """The last act of a user under one hat in one agency."""

    actor: UUID
    hat: str
    agency: str
    at: datetime


def events_of(subject: Subject, *, since: datetime | None = None) -> list[RecordedEvent]:
    """Return a subject's events in the order in which they happened, by one query.

    What an event says is kept in the month of the event: it is looked for there alone.
    """
    events = Event.objects.filter(subject_kind=subject.kind, subject_key=subject.key)
    in_its_month = Q(payload__at=F("at"))
    if since is not None:
        events = events.filter(at__gte=since)
        in_its_month &= Q(payload__at__gte=since)
    told = FilteredRelation("payload", condition=in_its_month)
    events = events.alias(told=told).select_related("told")  # type: ignore[misc]  # the relation of the line above
    found = events.order_by("at", "xact", "case_version")
    return [_recorded(event, vars(event).get("told")) for event in found]


def last_moment(subject: Subject, action: str) -> datetime | None:
    """When this was last done to the subject; None where it never was."""
    events = Event.objects.filter(subject_kind=subject.kind, subject_key=subject.key, action=action)
    return events.order_by("-at").values_list("at", flat=True).first()


def acts_of(actor: UUID, action: str, *, kind: str, keys: Iterable[str]) -> list[RecordedEvent]:
    """What this user did under this name to any of these subjects, oldest first, by one query."""
    events = Event.objects.select_related("payload").filter(
        subject_kind=kind, subject_key__in=list(keys), actor=actor, action=action
    )
    return [_recorded(event, _payload_of(event)) for event in events.order_by("at")]


def last_acts(actors: Iterable[UUID], *, since: datetime) -> list[Act]:
    """When each of these users last acted under each hat in each agency, by one query; acts of their own are left out."""
    events = Event.objects.filter(actor__in=list(actors), actor_kind=USER, at__gte=since).exclude(hat="")
    found = events.values_list("actor", "hat", "agency").annotate(last=Max("at")).order_by()
    return [Act(actor, hat, agency, last) for actor, hat, agency, last in found]


def keeps_its_promise(event: Event) -> bool:
    """Say whether an event's payload is the one it committed to; an erased payload cannot break it."""
    payload = _payload_of(event)
    return payload is None or commitment(salt=bytes(payload.salt), payload=payload.payload) == bytes(
        event.commitment
    )


def _recorded(event: Event, payload: Payload | None) -> RecordedEvent:
    return RecordedEvent(
        id=event.id,
        at=event.at,
        action=event.action,
        actor=Actor(kind=event.actor_kind, pseudonym=event.actor, hat=event.hat, agency=event.agency),
        subject=Subject(event.subject_kind, event.subject_key),
        case_version=event.case_version,
        details=json.loads(payload.payload)["details"] if payload else {},
        is_erased=payload is None,
    )


def _payload_of(event: Event) -> Payload | None:
    try:
        return event.payload
    except Payload.DoesNotExist:
        return None

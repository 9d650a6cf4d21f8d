"""What waits, what is due, what is parked."""

from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from services.foundation import clock
from services.outbox.models import Message
from services.outbox.rules import RELAY_AGAIN_AFTER


def waiting() -> QuerySet[Message]:
    """Messages that are neither done nor parked."""
    return Message.objects.filter(done_at__isnull=True, parked_at__isnull=True)


def due(at: datetime) -> QuerySet[Message]:
    """Waiting messages whose time has come and which nobody has claimed, oldest first."""
    unclaimed = Q(locked_until__isnull=True) | Q(locked_until__lte=at)
    return waiting().filter(unclaimed, due_at__lte=at).order_by("due_at", "id")


def to_relay(at: datetime) -> QuerySet[Message]:
    """Due messages that the broker was not given lately."""
    forgotten = Q(relayed_at__isnull=True) | Q(relayed_at__lte=at - RELAY_AGAIN_AFTER)
    return due(at).filter(forgotten)


def parked() -> QuerySet[Message]:
    """Messages that were given up and wait for a person."""
    return Message.objects.filter(parked_at__isnull=False)


def oldest_waiting_age() -> timedelta:
    """Return for how long the oldest due message has waited; zero when nothing waits. One query over a partial index."""
    at = clock.now()
    oldest = waiting().filter(due_at__lte=at).aggregate(oldest=Min("due_at"))["oldest"]
    return at - oldest if oldest else timedelta()

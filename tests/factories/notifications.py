"""Notices and deliveries, by name."""

from services.accounts.models import Person, User
from services.foundation import clock
from services.notifications import operations
from services.notifications.models import Delivery, Notice

REFERENCE = "P-7K3F9-QXM2E"
CONTEXT = {
    "reference": REFERENCE,
    "path": f"/cases/{REFERENCE}/",
    "service": {"id": "Izin Reklame", "en": "Billboard permit"},
}


def notice_to(reader: User | Person, *, key: str = "1", legally_required: bool = True) -> Notice:
    """Say that an application has ended."""
    return operations.notify(
        reader,
        notice="applications/lapsed",
        context=CONTEXT,
        legally_required=legally_required,
        dedupe_key=f"tests:{key}",
        at=clock.now(),
    )


def parked_delivery(reader: User) -> Delivery:
    """An SMS that the gateway refused for good."""
    delivery = notice_to(reader, key="parked").deliveries.get(channel="SMS")
    Delivery.objects.filter(id=delivery.id).update(
        state="PARKED", attempts=1, last_error="PermanentRefusal: the gateway answered 422: no such number"
    )
    delivery.refresh_from_db()
    return delivery

"""Send what was promised: through its channel, once for each key, with every outcome on the delivery's row."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts.models import User
from services.audit import operations as audit
from services.audit.actors import Subject
from services.foundation import identity
from services.foundation.errors import UnableTo
from services.notifications import channels, policies
from services.notifications.models import Channel, Delivery, Notice
from services.outbox import operations as outbox
from services.outbox.rules import MAX_ATTEMPTS

TOPIC = "notifications.delivery.promised"


class UnableToSendAgain(UnableTo):
    """The delivery is not one that can be sent again, or not by this person."""


def order_delivery(
    *,
    notice: Notice | None,
    purpose: str,
    channel: str,
    address: str,
    body: Mapping[str, str],
    at: datetime,
) -> Delivery:
    """Write down one sending and promise it. `body` is {"text"} and for mail also {"subject", "html"}."""
    masked = identity.mask_email(address) if channel == Channel.EMAIL else identity.mask_phone(address)
    delivery = Delivery(notice=notice, purpose=purpose, channel=channel, address_masked=masked, created_at=at)
    delivery.seal(address=address, body=dict(body))
    with transaction.atomic():
        delivery.save(force_insert=True)
        _promise(delivery, at=at)
    return delivery


def send_delivery(delivery_id: UUID, *, at: datetime) -> Delivery | None:
    """Send one delivery if it waits; raise on a temporary failure, so that the outbox tries again later.

    Called outside a transaction: the claim is committed before the network is touched, the outcome after.
    """
    delivery = _claim(delivery_id)
    if delivery is None:
        return None
    body = delivery.body or {}
    content = channels.Content(
        text=body.get("text", ""), subject=body.get("subject", ""), html=body.get("html", "")
    )
    try:
        number = channels.port(delivery.channel).send(
            address=delivery.address, content=content, key=delivery.key
        )
    except channels.PermanentRefusal as problem:
        return _park(delivery, problem)
    except Exception as problem:
        if delivery.attempts >= MAX_ATTEMPTS:
            return _park(delivery, problem)
        words = _words(delivery, problem)
        _set(delivery, state=Delivery.State.FAILED, last_error=words)
        raise channels.TemporaryFailure(words) from problem
    keeps = settings.KEEP_SENT_BODIES
    body_sealed = delivery.body_sealed if keeps else None
    sent = Delivery.State.SENT
    _set(delivery, state=sent, sent_at=at, provider_id=number, last_error="", body_sealed=body_sealed)
    return delivery


def send_again(delivery: Delivery, *, actor: User, at: datetime) -> Delivery:
    """Send a delivery that was given up once more, at a person's wish and on record."""
    if not policies.can_send_again(actor, at=at):
        raise UnableToSendAgain(
            _("Only a supervisor or an administrator sends a notice again."), code="no_hat"
        )
    with transaction.atomic():
        locked = Delivery.objects.select_for_update().get(id=delivery.id)
        if locked.state != Delivery.State.PARKED:
            raise UnableToSendAgain(
                _("Only a delivery that was given up can be sent again."), code="not_parked"
            )
        if locked.body_sealed is None:
            message = _("A code is not sent again. Ask the person to request a new one.")
            raise UnableToSendAgain(message, code="erased")
        locked.state, locked.attempts, locked.round = Delivery.State.WAITING, 0, locked.round + 1
        locked.save(update_fields=["state", "attempts", "round"])
        _promise(locked, at=at)
        audit.record(
            "notifications.delivery.sent_again",
            actor=actors.acting(actor),
            subject=Subject("delivery", str(locked.id)),
            at=at,
            details={"channel": locked.channel, "purpose": locked.purpose, "round": locked.round},
        )
    return locked


def _promise(delivery: Delivery, *, at: datetime) -> None:
    outbox.publish(TOPIC, {"delivery": str(delivery.id)}, dedupe_key=f"delivery:{delivery.key}", at=at)


def _claim(delivery_id: UUID) -> Delivery | None:
    """Count the attempt. SENDING may be claimed too: the worker that set it is dead, since the outbox claims only once."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(id=delivery_id)
        if delivery.state in {Delivery.State.SENT, Delivery.State.PARKED}:
            return None
        _set(delivery, state=Delivery.State.SENDING, attempts=delivery.attempts + 1)
    return delivery


def _park(delivery: Delivery, problem: Exception) -> Delivery:
    """Give up until a person looks. A code is erased at once: it will have expired before anybody does."""
    body_sealed = delivery.body_sealed if delivery.notice_id else None
    _set(delivery, state=Delivery.State.PARKED, last_error=_words(delivery, problem), body_sealed=body_sealed)
    return delivery


def _set(delivery: Delivery, **changes: object) -> None:
    for name, value in changes.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(changes))


def _words(delivery: Delivery, problem: Exception) -> str:
    """Say what went wrong, to whoever reads logs and lists: the address, which servers like to repeat, is masked there."""
    words = f"{type(problem).__name__}: {problem}".replace(delivery.address, delivery.address_masked)
    return words[:1000]

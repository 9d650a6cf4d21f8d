"""What notifications hears from the outbox."""

import json
from typing import Any
from uuid import UUID

from services.accounts import queries as accounts
from services.audit import operations as audit
from services.audit.actors import USER, Actor, Subject
from services.foundation import clock
from services.notifications import operations
from services.notifications.models import Channel
from services.outbox.registry import subscribe

QUEUE = "notifications"


@subscribe("notifications.delivery.promised", effect=True, queue=QUEUE)
def send_delivery(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The reader's phone or mailbox receives the notice."""
    operations.send_delivery(UUID(payload["delivery"]), at=clock.now())


@subscribe("accounts.code_requested", queue=QUEUE)
def order_code(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A short message of the account (a code, a warning) is on its way; `secret` is {"to", "text"}."""
    message = json.loads(secret or "{}")
    operations.order_delivery(
        notice=None,
        purpose=payload["purpose"],
        channel=payload["channel"],
        address=message["to"],
        body={"text": message["text"]},
        at=clock.now(),
    )


@subscribe("accounts.mail_requested", queue=QUEUE)
def order_mail(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A mail of the account is on its way; `secret` is {"to", "subject", "text", "html"}."""
    message = json.loads(secret or "{}")
    operations.order_delivery(
        notice=None,
        purpose=payload["template"],
        channel=Channel.EMAIL,
        address=message["to"],
        body={part: message[part] for part in ("subject", "text", "html")},
        at=clock.now(),
    )


@subscribe("accounts.break_glass_used", queue=QUEUE)
def tell_auditors(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Every auditor is told that somebody took a hat in an emergency."""
    at = clock.now()
    for auditor in accounts.auditors(at=at):
        operations.notify(
            auditor,
            notice="accounts/break_glass_used",
            context=payload,
            legally_required=True,
            dedupe_key=f"accounts.break_glass_used:{message_id}:{auditor.pk}",
            at=at,
        )


@subscribe("accounts.hat_unused", queue=QUEUE)
def warn_wearer(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever does not use a hat is told that it ends."""
    wearer = accounts.user_by_pseudonym(UUID(payload["user"]))
    if wearer is None or not wearer.is_active:
        return
    operations.notify(
        wearer,
        notice="accounts/hat_unused",
        context=payload,
        legally_required=True,
        dedupe_key=f"accounts.hat_unused:{message_id}",
        at=clock.now(),
    )


@subscribe("integrity.pact.unsigned", queue=QUEUE)
def ask_for_signature(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever has not signed the integrity pact is asked to, once a week."""
    _remind_of_pact("pact_unsigned", payload)


@subscribe("integrity.pact.ending", queue=QUEUE)
def announce_end_of_pact(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever's year under the integrity pact ends is told so, once."""
    _remind_of_pact("pact_ending", payload)


def _remind_of_pact(notice: str, payload: dict[str, Any]) -> None:
    signer = accounts.user_by_pseudonym(UUID(payload["user"]))
    if signer is None or not signer.is_active:
        return
    operations.notify(
        signer,
        notice=f"integrity/{notice}",
        context=payload,
        legally_required=True,
        dedupe_key=f"integrity.{notice}:{signer.pk}:{payload['period']}",
        at=clock.now(),
    )


@subscribe("outbox.message_retried")
def record_retry(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The record says who tried a parked message again; the outbox itself stands below it and knows no record."""
    audit.record(
        "outbox.message.retried",
        actor=Actor(kind=USER, pseudonym=UUID(payload["by"])),
        subject=Subject("outbox_message", str(payload["message"])),
        at=clock.now(),
        details={"topic": payload["topic"]},
    )

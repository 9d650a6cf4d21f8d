"""Tell somebody something: the words are made now, in the reader's language, and promised to each channel."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import transaction

from services.accounts.models import Person, User
from services.notifications import queries, rendering
from services.notifications.models import Channel, Delivery, Notice
from services.notifications.operations.deliver import order_delivery

#: What is written to an address without an account, as the list of deliveries calls it.
WITHOUT_ACCOUNT: Final = "casework/news"

log = structlog.get_logger(__name__)


def notify(
    recipient: User | Person,
    *,
    notice: str,
    context: Mapping[str, Any],
    legally_required: bool,
    dedupe_key: str,
    at: datetime,
) -> Notice:
    """Write a notice ("applications/submitted") to one reader and promise its deliveries; the same key tells only once.

    `context` is plain JSON for the templates; "reference" and "path" ("/cases/…/") also link the notice to its case. What
    the law requires goes out through at least one channel that reaches the reader, whatever they prefer.
    """
    told = Notice.objects.filter(dedupe_key=dedupe_key).first()
    if told is not None:
        return told
    with transaction.atomic():
        row, words = _written(
            recipient, notice, context, legally_required=legally_required, dedupe_key=dedupe_key, at=at
        )
        _promise_deliveries(row, words, at=at)
    return row


def put_on_page(
    recipient: User, *, notice: str, context: Mapping[str, Any], dedupe_key: str, at: datetime
) -> Notice:
    """Write a notice that is read on the page alone, whatever channels the reader wants: it can wait until they come."""
    told = Notice.objects.filter(dedupe_key=dedupe_key).first()
    if told is not None:
        return told
    row, _words = _written(recipient, notice, context, legally_required=False, dedupe_key=dedupe_key, at=at)
    return row


def tell_address(
    address: str,
    *,
    channel: str,
    notice: str,
    context: Mapping[str, Any],
    language: str,
    at: datetime,
) -> Delivery:
    """Write to an address behind which no account stands: there is no page, and what was sent is erased once it is.

    In the list of deliveries all of these bear one name, lest it shows to whom something confidential was sent.

    The caller sees to it that the same thing is told once, as a subscriber does that runs in its message's transaction.
    """
    words = rendering.render(notice, context, language=language)
    body = _body(Channel(channel), words)
    return order_delivery(
        notice=None, purpose=WITHOUT_ACCOUNT, channel=channel, address=address, body=body, at=at
    )


def _written(
    recipient: User | Person,
    notice: str,
    context: Mapping[str, Any],
    *,
    legally_required: bool,
    dedupe_key: str,
    at: datetime,
) -> tuple[Notice, rendering.Words]:
    """The notice on the reader's page, and its words for the channels."""
    user, person = _reader(recipient)
    language = user.language if user else settings.LANGUAGE_CODE
    words = rendering.render(notice, context, language=language)
    row = Notice.objects.create(
        recipient=user,
        person=person,
        notice=notice,
        language=language,
        title=words.title[:200],
        page_html=words.page_html,
        reference=context.get("reference", ""),
        path=context.get("path", ""),
        legally_required=legally_required,
        dedupe_key=dedupe_key,
        created_at=at,
    )
    return row, words


def _reader(recipient: User | Person) -> tuple[User | None, Person | None]:
    """A person is told on their login's page too, if they have one."""
    if isinstance(recipient, Person):
        return recipient.user, recipient
    return recipient, None


def _promise_deliveries(notice: Notice, words: rendering.Words, *, at: datetime) -> list[Delivery]:
    reached = queries.channels_to(notice.recipient, notice.person, at_least_one=notice.legally_required)
    if not reached:
        log.info("notifications.page_only", notice=notice.notice, notice_id=notice.id)
    return [
        order_delivery(
            notice=notice,
            purpose=notice.notice,
            channel=channel,
            address=address,
            body=_body(channel, words),
            at=at,
        )
        for channel, address in reached.items()
    ]


def _body(channel: Channel, words: rendering.Words) -> dict[str, str]:
    if channel == Channel.EMAIL:
        return {"subject": words.title, "text": words.email_text, "html": words.email_html}
    return {"text": words.sms}

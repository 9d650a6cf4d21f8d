"""Codes and mails of the account: rendered here, promised through the outbox, sent by whoever subscribes.

What they say stands sealed in the outbox until it is sent, since a code is a key.
"""

import json
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from services.foundation import texts
from services.government import queries as government
from services.outbox import operations as outbox

CODE_TOPIC = "accounts.code_requested"
MAIL_TOPIC = "accounts.mail_requested"
SITE_LENGTH = 20


def request_sms(
    *,
    phone: str,
    purpose: str,
    language: str,
    at: datetime,
    code: str = "",
    context: dict[str, str] | None = None,
) -> None:
    """Promise one SMS made of `accounts/sms/<purpose>.txt`, in this language. `phone` is E.164."""
    with override(language):
        row = government.government()
        site = (texts.local(row.short_name) if row else "Bening")[:SITE_LENGTH]
        values = {
            "site": site,
            "code": code,
            "host": settings.SITE_URL.partition("://")[2],
            **(context or {}),
        }
        text = " ".join(render_to_string(f"accounts/sms/{purpose.lower()}.txt", values).split())
    outbox.publish(
        CODE_TOPIC,
        {"channel": "SMS", "purpose": purpose, "language": language},
        dedupe_key=f"{CODE_TOPIC}:{uuid4()}",
        at=at,
        secret=json.dumps({"to": phone, "text": text}),
    )


def request_mail(
    *, template: str, to: str, subject: str, text: str, html: str = "", language: str, at: datetime
) -> None:
    """Promise one mail that is written already; `template` only says which one it was."""
    outbox.publish(
        MAIL_TOPIC,
        {"template": template, "language": language},
        dedupe_key=f"{MAIL_TOPIC}:{uuid4()}",
        at=at,
        secret=json.dumps({"to": to, "subject": subject, "text": text, "html": html}),
    )

"""Codes and mails of the account, which accounts writes and this app sends."""

import json
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import transaction

from services.accounts.models import User
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from services.outbox import operations as outbox
from services.outbox.models import Message
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.django_db
TEXT = "Bening: your code is 314159."


def request_code() -> None:
    with transaction.atomic():
        outbox.publish(
            "accounts.code_requested",
            {"channel": "SMS", "purpose": "SIGN_IN_CODE", "language": "en"},
            dedupe_key="code:1",
            at=clock.now(),
            secret=json.dumps({"to": "+6281234567890", "text": TEXT}),
        )


def test_a_code_reaches_the_phone_and_stands_nowhere_afterwards(
    gateway: Gateway, deliver_outbox: Callable[[], int]
) -> None:
    request_code()
    deliver_outbox()
    assert [request["content"]["text"] for request in gateway.requests] == [TEXT]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.purpose, delivery.notice) == ("SENT", "SIGN_IN_CODE", None)
    assert delivery.body is None
    assert not Message.objects.filter(secret_sealed__isnull=False).exists()


def test_a_code_that_cannot_be_sent_is_erased_too(
    gateway: Gateway, deliver_outbox: Callable[[], int]
) -> None:
    gateway.answers = [422]
    request_code()
    deliver_outbox()
    delivery = Delivery.objects.get()
    assert delivery.state == "PARKED"
    assert delivery.body is None


def test_the_demos_outbox_can_read_the_code(deliver_outbox: Callable[[], int]) -> None:
    request_code()
    deliver_outbox()
    assert Delivery.objects.get().body == {"text": TEXT}


def test_a_mail_of_the_account_is_sent_as_it_was_written(deliver_outbox: Callable[[], int]) -> None:
    with transaction.atomic():
        outbox.publish(
            "accounts.mail_requested",
            {"template": "account/email/login_code", "language": "id"},
            dedupe_key="mail:1",
            at=clock.now(),
            secret=json.dumps(
                {"to": "budi@warga.example", "subject": "Kode", "text": "314159", "html": "<b>314159</b>"}
            ),
        )
    deliver_outbox()
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Kode", "314159", ["budi@warga.example"])
    assert sent.extra_headers["Message-ID"].startswith(f"<{Delivery.objects.get().id}-1@")


def test_every_auditor_is_told_of_a_hat_taken_in_an_emergency(
    auditor: User, supervisor: User, deliver_outbox: Callable[[], int]
) -> None:
    with transaction.atomic():
        outbox.publish(
            "accounts.break_glass_used",
            {
                "user": str(supervisor.pseudonym),
                "agency": "dpmptsp",
                "hat": "ADMINISTRATOR",
                "valid_until": "2026-11-25",
                "reason": "Nobody else could sign in.",
            },
            dedupe_key="glass:1",
            at=clock.now(),
        )
    deliver_outbox()
    assert [notice.recipient for notice in Notice.objects.all()] == [auditor]

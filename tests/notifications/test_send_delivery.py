"""Sending through a channel: once for each key, with every outcome on the delivery."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from services.accounts.models import User
from services.foundation import clock
from services.notifications import operations
from services.notifications.channels import Content, TemporaryFailure
from services.notifications.channels.gateway import GatewayPort
from services.notifications.models import Channel, Delivery
from services.outbox import rules
from services.outbox.models import Message
from tests.factories.notifications import notice_to
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.django_db
Deliver = Callable[[], int]


@pytest.fixture
def sms(citizen: User) -> Delivery:
    """One SMS that waits."""
    operations.choose_channels(citizen, wanted=[Channel.SMS])
    return notice_to(citizen).deliveries.get()


def outcome(sms: Delivery, deliver: Deliver) -> Delivery:
    deliver()
    sms.refresh_from_db()
    return sms


def test_the_gateway_gets_number_text_and_key(
    sms: Delivery, gateway: Gateway, deliver_outbox: Deliver
) -> None:
    body = sms.body
    assert body is not None
    sent = outcome(sms, deliver_outbox)
    ((request),) = gateway.requests
    assert request["content"] == {"channel": "sms", "to": sms.address, "text": body["text"]}
    assert request["headers"]["Authorization"] == "Bearer the token"
    assert request["headers"]["Idempotency-Key"] == f"{sms.id}-1"
    assert (sent.state, sent.provider_id, sent.attempts) == ("SENT", "sms-1", 1)
    assert sent.sent_at is not None


def test_what_was_sent_is_erased_where_people_are_real(
    sms: Delivery, gateway: Gateway, deliver_outbox: Deliver
) -> None:
    assert outcome(sms, deliver_outbox).body is None


def test_what_was_sent_is_kept_for_the_demos_outbox(sms: Delivery, deliver_outbox: Deliver) -> None:
    assert outcome(sms, deliver_outbox).body is not None


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408, 409, 401, 302])
def test_a_gateway_in_trouble_is_asked_again_with_the_same_key(
    sms: Delivery, gateway: Gateway, deliver_outbox: Deliver, status: int
) -> None:
    gateway.answers = [status]
    failed = outcome(sms, deliver_outbox)
    assert failed.state == "FAILED"
    assert str(status) in failed.last_error
    clock.move(timedelta(minutes=1))
    sent = outcome(sms, deliver_outbox)
    assert (sent.state, sent.attempts, sent.last_error) == ("SENT", 2, "")
    first, second = (request["headers"]["Idempotency-Key"] for request in gateway.requests)
    assert first == second
    assert len(gateway.sent) == 1


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_refusal_for_good_is_parked_at_once(
    sms: Delivery, gateway: Gateway, deliver_outbox: Deliver, status: int
) -> None:
    gateway.answers, gateway.body = [status], b"no such number"
    parked = outcome(sms, deliver_outbox)
    assert (parked.state, parked.attempts) == ("PARKED", 1)
    assert "no such number" in parked.last_error
    assert parked.body is not None
    assert Message.objects.get(topic="notifications.delivery.promised").done_at is not None


def test_what_a_gateway_repeats_of_number_and_code_is_kept_nowhere(
    sms: Delivery, gateway: Gateway, deliver_outbox: Deliver
) -> None:
    gateway.answers, gateway.body = (
        [500],
        b'{"error": "queue full", "to": "+6281234567890", "text": "123 456"}',
    )
    failed = outcome(sms, deliver_outbox)
    promise = Message.objects.get(topic="notifications.delivery.promised")
    for error in (failed.last_error, promise.last_error):
        assert "500" in error
        assert "queue full" in error
        assert "6281234567890" not in error
        assert "123" not in error


def test_after_the_last_attempt_it_is_parked(
    sms: Delivery, gateway: Gateway, deliver_outbox: Deliver
) -> None:
    gateway.answers = [500] * 20
    for _ in range(rules.MAX_ATTEMPTS + 2):
        deliver_outbox()
        clock.move(timedelta(hours=2))
    sms.refresh_from_db()
    assert sms.state == "PARKED"
    assert len(gateway.requests) == rules.MAX_ATTEMPTS


def test_a_gateway_that_sent_and_did_not_answer_in_time_sends_only_once(gateway: Gateway) -> None:
    port = GatewayPort(url=gateway.url, token="the token", channel="sms", read_seconds=0.1)
    gateway.delay = 0.5
    with pytest.raises(TemporaryFailure, match="ReadTimeout"):
        port.send(address="+6281234567890", content=Content(text="a"), key="k")
    gateway.delay = 0
    assert port.send(address="+6281234567890", content=Content(text="a"), key="k") == "sms-1"
    assert len(gateway.requests) == 2
    assert len(gateway.sent) == 1


def test_a_gateway_that_is_not_there_is_a_temporary_failure() -> None:
    port = GatewayPort(url="http://127.0.0.1:1/", token="", channel="sms")
    with pytest.raises(TemporaryFailure, match="did not answer"):
        port.send(address="+6281234567890", content=Content(text="a"), key="k")


@pytest.mark.parametrize("body", [b"", b"OK", b"[]", b'{"number": 1}'])
def test_an_answer_without_a_number_was_a_success_all_the_same(gateway: Gateway, body: bytes) -> None:
    gateway.body = body
    port = GatewayPort(url=gateway.url, token="", channel="sms")
    assert port.send(address="+6281234567890", content=Content(text="a"), key="k") == ""


def test_without_a_gateway_nothing_pretends_to_be_sent(
    sms: Delivery, settings: Settings, deliver_outbox: Deliver
) -> None:
    settings.KEEP_SENT_BODIES = False
    parked = outcome(sms, deliver_outbox)
    assert parked.state == "PARKED"
    assert "no gateway" in parked.last_error


class RefusingBackend(EmailBackend):
    """A mail server that knows nobody here."""

    def send_messages(self, messages: object) -> int:
        raise SMTPRecipientsRefused({"budi@warga.example": (550, b"no such user")})


class GreylistingBackend(EmailBackend):
    """A mail server that wants to be asked again."""

    def send_messages(self, messages: object) -> int:
        raise SMTPRecipientsRefused({"budi@warga.example": (451, b"try later")})


@pytest.mark.parametrize(
    ("backend", "state"), [("RefusingBackend", "PARKED"), ("GreylistingBackend", "FAILED")]
)
def test_a_mail_servers_refusals_are_told_apart(
    citizen: User, settings: Settings, deliver_outbox: Deliver, backend: str, state: str
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    operations.order_delivery(
        notice=notice_to(citizen),
        purpose="tests",
        channel="EMAIL",
        address="budi@warga.example",
        body={"subject": "a", "text": "b", "html": ""},
        at=clock.now(),
    )
    deliver_outbox()
    delivery = Delivery.objects.get(purpose="tests")
    assert delivery.state == state
    promise = Message.objects.get(payload__delivery=str(delivery.id))
    assert "budi@" not in delivery.last_error + promise.last_error

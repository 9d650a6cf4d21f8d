"""Sending again what was given up."""

from collections.abc import Callable

import pytest

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.foundation import clock
from services.notifications import operations
from services.notifications.models import Delivery
from tests.factories.notifications import parked_delivery
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.django_db


def test_a_parked_delivery_goes_out_under_a_new_key_and_on_record(
    citizen: User, supervisor: User, gateway: Gateway, deliver_outbox: Callable[[], int]
) -> None:
    parked = parked_delivery(citizen)
    operations.send_again(parked, actor=supervisor, at=clock.now())
    deliver_outbox()
    parked.refresh_from_db()
    assert (parked.state, parked.round, parked.attempts) == ("SENT", 2, 1)
    assert f"{parked.id}-2" in gateway.sent
    (event,) = audit.events_of(Subject("delivery", str(parked.id)))
    assert event.action == "notifications.delivery.sent_again"
    assert event.actor.pseudonym == supervisor.pseudonym
    assert event.details == {"channel": "SMS", "purpose": "applications/lapsed", "round": 2}


@pytest.mark.parametrize("state", ["WAITING", "SENDING", "FAILED"])
def test_what_is_still_under_way_is_not_sent_again(citizen: User, supervisor: User, state: str) -> None:
    delivery = parked_delivery(citizen)
    Delivery.objects.filter(id=delivery.id).update(state=state)
    with pytest.raises(operations.UnableToSendAgain) as refusal:
        operations.send_again(delivery, actor=supervisor, at=clock.now())
    assert refusal.value.code == "not_parked"


def test_what_was_sent_is_not_sent_again(
    citizen: User, supervisor: User, deliver_outbox: Callable[[], int]
) -> None:
    delivery = parked_delivery(citizen)
    operations.send_again(delivery, actor=supervisor, at=clock.now())
    deliver_outbox()
    with pytest.raises(operations.UnableToSendAgain):
        operations.send_again(delivery, actor=supervisor, at=clock.now())


def test_a_code_that_was_given_up_is_not_sent_again(citizen: User, supervisor: User) -> None:
    code = parked_delivery(citizen)
    Delivery.objects.filter(id=code.id).update(body_sealed=None)
    with pytest.raises(operations.UnableToSendAgain) as refusal:
        operations.send_again(code, actor=supervisor, at=clock.now())
    assert refusal.value.code == "erased"

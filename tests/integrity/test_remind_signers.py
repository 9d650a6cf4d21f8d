"""Reminders of the pact: two weeks before a year ends, once; weekly to whoever has not signed."""

from datetime import timedelta

import pytest

from services.accounts.models import Hat, User
from services.foundation import clock
from services.integrity.pact import operations
from services.notifications import subscribers
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.factories import accounts, pact

UNSIGNED, ENDING = operations.UNSIGNED_TOPIC, operations.ENDING_TOPIC


@pytest.fixture
def newcomer(db: None) -> User:
    """Somebody of intake who has not signed."""
    user = accounts.signed_up("Baru Masuk")
    accounts.unsigned(user, Hat.INTAKE)
    return user


def promised(topic: str) -> int:
    return Message.objects.filter(topic=topic).count()


def test_whoever_has_not_signed_is_reminded_once_a_week(newcomer: User) -> None:
    monday = clock.now() - timedelta(days=clock.today().weekday())
    for days in range(7):
        operations.remind_signers(at=monday + timedelta(days=days))
        operations.remind_signers(at=monday + timedelta(days=days))
    assert promised(UNSIGNED) == 1
    operations.remind_signers(at=monday + timedelta(days=7))
    assert promised(UNSIGNED) == 2


def test_whoever_has_signed_is_reminded_two_weeks_before_the_end_and_once(intake: User) -> None:
    signed = intake.memberships.get().pact_signatures.get()
    end = clock.now() + (signed.valid_until - clock.today())
    operations.remind_signers(at=end - timedelta(days=15))
    assert promised(ENDING) == 0
    for days in range(14, -1, -1):
        operations.remind_signers(at=end - timedelta(days=days))
    assert promised(ENDING) == 1
    assert promised(UNSIGNED) == 0
    operations.remind_signers(at=end + timedelta(days=1))
    assert promised(UNSIGNED) == 1


def test_whoever_signs_for_the_next_year_is_left_alone(newcomer: User) -> None:
    worn = newcomer.memberships.get()
    first = pact.signature(worn, days_ago=355)
    pact.signature(worn)
    end = clock.now() + (first.valid_until - clock.today())
    operations.remind_signers(at=end)
    assert promised(ENDING) == promised(UNSIGNED) == 0


def test_citizens_and_those_who_left_are_not_reminded(newcomer: User, citizen: User) -> None:
    newcomer.is_active = False
    newcomer.save(update_fields=["is_active"])
    assert operations.remind_signers(at=clock.now()) == 0


@pytest.mark.parametrize(
    ("tell", "valid_until"),
    [(subscribers.ask_for_signature, None), (subscribers.announce_end_of_pact, "2027-11-23")],
)
def test_a_reminder_reaches_its_reader_once(newcomer: User, tell: object, valid_until: str | None) -> None:
    payload = {
        "user": str(newcomer.pseudonym), "period": "2026-W48", "valid_until": valid_until, "path": "/pact/sign/",
    }  # fmt: skip
    for message_id in (1, 2):
        tell(payload, secret=None, message_id=message_id)  # type: ignore[operator]
    assert Notice.objects.filter(recipient=newcomer).count() == 1

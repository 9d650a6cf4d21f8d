"""A person says yes on their own phone."""

from datetime import timedelta
from typing import Any

import pytest

from services.accounts import actors, operations
from services.accounts.models import ConfirmationCode, Person, User
from services.accounts.operations.nik import subject_of
from services.audit import queries as record
from services.foundation import clock
from tests.accounts.messages import last_code, sent
from tests.factories import accounts

PHONE = "+6281234567890"
CASE = "P-7K3F9-QXM2E"


@pytest.fixture
def person(db: None) -> Person:
    return accounts.person("Mbah Karto", phone=PHONE)


def ask(person: Person, helper: User, subject: str = CASE) -> ConfirmationCode:
    return operations.open_confirmation(
        person, purpose="application", subject_key=subject, actor=actors.acting(helper), at=clock.now()
    )


def answer(person: Person, helper: User, code: str, subject: str = CASE) -> ConfirmationCode:
    return operations.confirm_code(
        person,
        purpose="application",
        subject_key=subject,
        code=code,
        actor=actors.acting(helper),
        at=clock.now(),
    )


def refused(code: str) -> Any:
    return pytest.raises(operations.UnableToConfirm, check=lambda refusal: refusal.code == code)


def test_a_code_goes_to_the_persons_own_phone_and_comes_back(person: Person, citizen: User) -> None:
    opened = ask(person, citizen)
    assert sent()[-1]["to"] == PHONE
    assert opened.phone_mask.endswith("890")
    assert PHONE not in opened.phone_mask
    assert answer(person, citizen, f" {last_code()} ").confirmed_at
    actions = [event.action for event in record.events_of(subject_of(person))]
    assert actions == ["accounts.confirmation.opened", "accounts.confirmation.given"]


def test_the_code_is_kept_as_a_hash_only(person: Person, citizen: User) -> None:
    opened = ask(person, citizen)
    assert last_code().replace(" ", "").encode() not in bytes(opened.code_hash)


def test_somebody_with_a_login_is_asked_on_their_confirmed_phone(citizen: User, citizen2: User) -> None:
    ask(citizen2.person, citizen)
    assert sent()[-1]["to"] == citizen2.phone


def test_it_confirms_one_thing_only(person: Person, citizen: User) -> None:
    ask(person, citizen)
    with refused("expired"):
        answer(person, citizen, last_code(), subject="P-00000-00000")


def test_it_lives_a_quarter_of_an_hour(person: Person, citizen: User) -> None:
    ask(person, citizen)
    clock.move(timedelta(minutes=14))
    clock.move(timedelta(minutes=2))
    with refused("expired"):
        answer(person, citizen, last_code())


def test_wrong_codes_are_counted_and_then_the_right_one_is_void(person: Person, citizen: User) -> None:
    ask(person, citizen)
    right = last_code()
    wrong = "000000" if right != "000 000" else "111111"
    for _time in range(5):
        with refused("wrong"):
            answer(person, citizen, wrong)
    with refused("too_many"):
        answer(person, citizen, right)
    assert ConfirmationCode.objects.get().attempts == 5


def test_it_works_once(person: Person, citizen: User) -> None:
    ask(person, citizen)
    answer(person, citizen, last_code())
    with refused("expired"):
        answer(person, citizen, last_code())


def test_another_code_comes_after_half_a_minute_and_five_an_hour(person: Person, citizen: User) -> None:
    for _time in range(5):
        ask(person, citizen)
        with refused("wait"):
            ask(person, citizen)
        clock.move(timedelta(minutes=1))
    with refused("too_many"):
        ask(person, citizen)
    clock.move(timedelta(hours=1))
    ask(person, citizen)


def test_without_a_phone_nothing_is_sent(citizen: User) -> None:
    with refused("phone"):
        ask(accounts.person("Mbah Karto"), citizen)
    assert not sent()

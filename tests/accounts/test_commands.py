"""The commands that stand outside the pages: first administrators, break-glass, and no superuser."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from services.accounts import queries
from services.accounts.actors import subject_of
from services.accounts.models import Hat, Membership, User
from services.audit import queries as record
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.factories import accounts


@pytest.fixture
def root(db: None) -> None:
    accounts.agency("pemkot", is_root=True)


def test_nobody_becomes_a_superuser(db: None) -> None:
    with pytest.raises(CommandError, match="make_first_administrators"):
        call_command("createsuperuser")
    with pytest.raises(NotImplementedError):
        User.objects.create_superuser(phone="+6281234567890", password=accounts.PASSWORD)


def test_two_people_become_the_first_administrators(root: None, citizen: User, citizen2: User) -> None:
    call_command("make_first_administrators", citizen.phone, citizen2.email)
    for user in (citizen, citizen2):
        membership = user.memberships.get()
        assert (membership.hat, membership.agency.code) == (Hat.ADMINISTRATOR, "pemkot")
        assert record.events_of(subject_of(user))[-1].actor.kind == "SYSTEM"


def test_there_are_first_administrators_only_once(
    root: None, citizen: User, citizen2: User, administrator: User
) -> None:
    with pytest.raises(CommandError):
        call_command("make_first_administrators", citizen.phone, citizen2.phone)


def test_the_first_two_are_two(root: None, citizen: User) -> None:
    with pytest.raises(CommandError):
        call_command("make_first_administrators", citizen.phone, citizen.email)
    with pytest.raises(CommandError, match="sign up"):
        call_command("make_first_administrators", citizen.phone, "nobody@contoh.id")


def test_breaking_the_glass_gives_a_hat_until_tonight_and_tells_the_auditors(
    root: None, citizen: User, auditor: User, deliver_outbox: Callable[[], int]
) -> None:
    call_command("break_glass", citizen.phone, "SUPERVISOR", "--reason", "Nobody else is reachable")
    membership = citizen.memberships.get()
    assert membership.valid_until == clock.today()
    agency = membership.agency
    assert queries.hats_of(citizen, agency=agency, at=clock.now()) == {Hat.SUPERVISOR}
    event = record.events_of(subject_of(citizen))[-1]
    assert event.action == "accounts.hat.taken_in_emergency"
    assert event.details["reason"] == "Nobody else is reachable"
    message = Message.objects.get(topic="accounts.break_glass_used")
    assert message.payload["user"] == str(citizen.pseudonym)
    assert str(citizen.phone) not in json.dumps(message.payload)
    deliver_outbox()
    notice = Notice.objects.get()
    assert notice.recipient == auditor
    assert "Nobody else is reachable" in notice.page_html
    with translation.override(notice.language):
        assert str(Hat.SUPERVISOR.label) in notice.page_html
    clock.move(timedelta(days=1))
    assert queries.hats_of(citizen, agency=agency, at=clock.now()) == set()


@pytest.mark.parametrize(
    "arguments",
    [["--reason", " "], ["--reason", "Fire", "--days", "4"], ["--reason", "Fire", "--agency", "no"]],
)
def test_the_glass_needs_a_reason_an_agency_and_an_end(
    root: None, citizen: User, arguments: list[str]
) -> None:
    with pytest.raises(CommandError):
        call_command("break_glass", citizen.phone, "SUPERVISOR", *arguments)
    assert not Membership.objects.exists()

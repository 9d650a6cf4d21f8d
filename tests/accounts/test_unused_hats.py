"""A hat that nobody uses ends after a year, and its wearer is warned two weeks before."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from services.accounts import actors, operations, queries
from services.accounts.models import Hat, Membership, User
from services.accounts.tasks import end_unused_hats
from services.audit import operations as audit
from services.audit import queries as record
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from services.outbox.models import Message
from tests.factories import accounts

pytestmark = pytest.mark.django_db

WEEKS = timedelta(days=14)
YEAR = timedelta(days=365)


def given(user: User, hat: str, *, since: timedelta, agency_code: str = "dpmptsp") -> Membership:
    """A hat that counts for so long already."""
    membership = accounts.wearing(user, hat, agency_code=agency_code)
    began = clock.now() - since
    Membership.objects.filter(pk=membership.pk).update(
        valid_from=clock.local_date(began), created_at=began, confirmed_at=began
    )
    return membership


def act(user: User, hat: str, *, ago: timedelta, agency_code: str = "dpmptsp") -> None:
    """Something done under a hat."""
    with transaction.atomic():
        audit.record(
            "casework.file.opened",
            actor=actors.acting(user, hat=hat, agency_code=agency_code),
            subject=actors.subject_of(user),
            at=clock.now() - ago,
        )


def beat(at: datetime | None = None) -> tuple[int, int]:
    done = operations.end_unused_hats(at=at or clock.now())
    return done.warned, done.ended


def state(membership: Membership) -> str:
    membership.refresh_from_db()
    return membership.state


def test_a_hat_that_is_not_used_is_warned_of_and_ends_two_weeks_later(stranger: User) -> None:
    membership = given(stranger, Hat.REVIEWER, since=YEAR - WEEKS)
    assert beat() == (1, 0)
    assert beat(clock.now() + WEEKS - timedelta(days=1)) == (0, 0)
    assert state(membership) == "ACTIVE"

    assert beat(clock.now() + WEEKS) == (0, 1)
    assert state(membership) == "ENDED"
    assert membership.reason == "Tidak dipakai selama setahun / Not used for a year"
    events = record.events_of(actors.subject_of(stranger))
    assert [event.action for event in events] == ["accounts.hat.warned", "accounts.hat.ended"]
    assert events[-1].actor.kind == "SYSTEM"


@pytest.mark.parametrize("hour", [3, 20])
def test_the_first_day_begins_where_the_government_is(hour: int, stranger: User) -> None:
    """At 20 UTC the next day has begun in Indonesia."""
    with time_machine.travel(datetime(2026, 11, 24, hour, tzinfo=UTC), tick=False):
        given(stranger, Hat.REVIEWER, since=YEAR - WEEKS)
        assert beat() == (1, 0)


def test_a_younger_hat_is_left_alone(stranger: User) -> None:
    given(stranger, Hat.REVIEWER, since=YEAR - WEEKS - timedelta(days=2))
    assert beat() == (0, 0)


def test_nothing_ends_without_two_weeks_of_warning(stranger: User) -> None:
    membership = given(stranger, Hat.REVIEWER, since=3 * YEAR)
    assert beat() == (1, 0)
    assert state(membership) == "ACTIVE"
    assert beat(clock.now() + timedelta(days=13)) == (0, 0)
    assert beat(clock.now() + WEEKS) == (0, 1)


def test_a_hat_that_is_used_stays(stranger: User) -> None:
    given(stranger, Hat.REVIEWER, since=3 * YEAR)
    act(stranger, Hat.REVIEWER, ago=timedelta(days=300))
    assert beat() == (0, 0)


def test_using_it_after_the_warning_keeps_it_for_another_year(stranger: User) -> None:
    membership = given(stranger, Hat.REVIEWER, since=3 * YEAR)
    assert beat() == (1, 0)
    act(stranger, Hat.REVIEWER, ago=-timedelta(days=10))
    assert beat(clock.now() + WEEKS) == (0, 0)
    assert beat(clock.now() + timedelta(days=10) + YEAR - WEEKS) == (1, 0)
    assert beat(clock.now() + timedelta(days=10) + YEAR) == (0, 1)
    assert state(membership) == "ENDED"


def test_each_hat_is_counted_by_itself(stranger: User) -> None:
    reviewer = given(stranger, Hat.REVIEWER, since=3 * YEAR)
    given(stranger, Hat.INTAKE, since=3 * YEAR)
    elsewhere = given(stranger, Hat.INTAKE, since=3 * YEAR, agency_code="dlh")
    act(stranger, Hat.INTAKE, ago=WEEKS)
    assert beat() == (2, 0)
    assert beat(clock.now() + WEEKS) == (0, 2)
    assert (state(reviewer), state(elsewhere)) == ("ENDED", "ENDED")


def test_a_younger_hat_elsewhere_does_not_keep_an_old_one(stranger: User) -> None:
    given(stranger, Hat.INTAKE, since=3 * YEAR)
    given(stranger, Hat.INTAKE, since=2 * WEEKS, agency_code="dlh")
    act(stranger, Hat.INTAKE, ago=WEEKS, agency_code="dlh")
    assert beat() == (1, 0)


def test_looking_at_another_office_uses_the_hat_one_has(stranger: User) -> None:
    given(stranger, Hat.AUDITOR, since=3 * YEAR)
    act(stranger, Hat.AUDITOR, ago=WEEKS, agency_code="dlh")
    assert beat() == (0, 0)


def test_a_head_who_signs_in_uses_the_hat(stranger: User) -> None:
    given(stranger, Hat.EXECUTIVE, since=3 * YEAR)
    given(stranger, Hat.SUPERVISOR, since=3 * YEAR)
    stranger.last_login = clock.now() - WEEKS
    stranger.save(update_fields=["last_login"])
    assert beat() == (1, 0)
    assert Membership.objects.get(warned_at__isnull=False).hat == Hat.SUPERVISOR


def test_a_hat_whose_days_are_over_is_not_touched(stranger: User) -> None:
    membership = given(stranger, Hat.REVIEWER, since=3 * YEAR)
    membership.valid_until = clock.today() - timedelta(days=1)
    membership.save(update_fields=["valid_until"])
    assert beat() == (0, 0)


def test_two_administrators_above_all_agencies_stay() -> None:
    accounts.agency("pemkot", is_root=True)
    worn = [
        given(accounts.signed_up(f"Admin {number}"), Hat.ADMINISTRATOR, since=3 * YEAR, agency_code="pemkot")
        for number in range(3)
    ]
    assert beat() == (3, 0)
    assert beat(clock.now() + WEEKS) == (0, 1)
    assert sorted(state(each) for each in worn) == ["ACTIVE", "ACTIVE", "ENDED"]
    assert beat(clock.now() + 2 * WEEKS) == (0, 0)
    assert queries.root_administrators(at=clock.now()).count() == 2


def test_the_wearer_is_told_on_which_day_it_ends(stranger: User, deliver_outbox: Callable[[], int]) -> None:
    given(stranger, Hat.REVIEWER, since=3 * YEAR)
    end_unused_hats()
    end_unused_hats()
    assert Message.objects.filter(topic="accounts.hat_unused").count() == 1
    deliver_outbox()
    notice = Notice.objects.get()
    last_day = clock.today() + WEEKS
    assert notice.recipient == stranger
    assert notice.path == "/admin/"
    assert "Verifikator" in notice.page_html
    assert str(last_day.day) in notice.title
    assert "berakhir" in notice.title
    assert Delivery.objects.filter(channel="SMS").exists()


def test_nobody_is_told_who_cannot_sign_in(stranger: User, deliver_outbox: Callable[[], int]) -> None:
    given(stranger, Hat.REVIEWER, since=3 * YEAR)
    stranger.is_active = False
    stranger.save(update_fields=["is_active"])
    end_unused_hats()
    deliver_outbox()
    assert not Notice.objects.exists()


def test_a_hat_that_has_ended_meanwhile_is_not_ended_again(stranger: User) -> None:
    membership = given(stranger, Hat.REVIEWER, since=3 * YEAR)
    operations.hats.end_unused(membership, at=clock.now())
    with translation.override("en"), pytest.raises(operations.UnableToChangeHats, match="ended already"):
        operations.hats.end_unused(membership, at=clock.now())


def test_a_year_of_hats_takes_few_queries(django_assert_max_num_queries: Callable[..., object]) -> None:
    for number in range(5):
        user = accounts.signed_up(f"Petugas {number}")
        given(user, Hat.REVIEWER, since=3 * YEAR)
        act(user, Hat.REVIEWER, ago=WEEKS)
    with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
        assert beat() == (0, 0)

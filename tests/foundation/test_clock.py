"""The clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django import Settings

from services.foundation import clock

NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)


@time_machine.travel(NOON, tick=False)
def test_now_is_the_present_moment_in_utc() -> None:
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC


@time_machine.travel(NOON, tick=False)
def test_a_moved_clock_is_moved_for_everyone_until_it_is_reset() -> None:
    clock.move(timedelta(days=3))
    clock.move(timedelta(hours=-1))
    assert clock.now() == NOON + timedelta(days=3, hours=-1)
    clock.reset()
    assert clock.now() == NOON


@time_machine.travel(NOON, tick=False)
def test_where_the_clock_is_not_movable_an_offset_in_the_cache_is_ignored(settings: Settings) -> None:
    clock.move(timedelta(days=3))
    settings.CLOCK_MOVABLE = False
    assert clock.now() == NOON
    with pytest.raises(RuntimeError, match="never in production"):
        clock.move(timedelta(days=1))


@time_machine.travel(datetime(2026, 3, 30, 17, 30, tzinfo=UTC), tick=False)
def test_today_is_the_date_where_the_government_is() -> None:
    assert clock.today() == date(2026, 3, 31)


@time_machine.travel(NOON, tick=False)
def test_the_command_moves_and_resets_the_clock(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("move_clock", "+1w")
    assert clock.now() == NOON + timedelta(weeks=1)
    call_command("move_clock", "+2h")
    assert clock.now() == NOON + timedelta(weeks=1, hours=2)
    call_command("move_clock", "reset")
    assert capsys.readouterr().out.splitlines()[-1] == "the clock says 2026-03-30 12:00 UTC"


def test_the_command_says_what_an_amount_looks_like() -> None:
    for text in ("tomorrow", "3", "+3y", ""):
        with pytest.raises(CommandError, match=r"\+3d"):
            call_command("move_clock", text)

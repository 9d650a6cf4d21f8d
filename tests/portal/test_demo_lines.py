"""The demo's log, as a person reads it."""

import logging
import re
import subprocess

import pytest

from portal.demo import environment, lines
from services.foundation import clock
from tests.architecture import source

SWEPT = "Task services.outbox.tasks.sweep[36ea3c99-99b8-42b2-a15a-ebeb32829903] succeeded in 0.036s: None"
AT = "2026-11-24T05:36:20.719917Z"


@pytest.mark.parametrize(
    ("level", "message", "is_wanted"),
    [
        (logging.INFO, SWEPT, False),
        (logging.INFO, "{'request': 'GET /health/ready', 'event': 'request_finished'}", False),
        (logging.INFO, "{'request': 'GET /', 'event': 'request_started'}", False),
        (logging.INFO, "{'request': 'GET /', 'event': 'request_finished'}", True),
        (logging.ERROR, "{'request': 'GET /health/ready', 'event': 'request_failed'}", True),
    ],
)
def test_what_happens_every_few_seconds_is_left_out(level: int, message: str, is_wanted: bool) -> None:  # noqa: FBT001 (the table's column)
    record = logging.LogRecord("portal", level, "", 0, message, (), None)

    assert lines.WorthReading().filter(record) == is_wanted


def test_a_request_is_one_short_line() -> None:
    event = {"timestamp": AT, "level": "info", "event": "request_finished", "request": "GET /", "code": 200}

    assert lines.short(None, "", event | {"ip": "127.0.0.1", "request_id": "x"}) == "05:36:20 GET / 200"


def test_what_went_wrong_is_said_loudly_and_whole() -> None:
    event = {"timestamp": AT, "level": "error", "event": "it broke", "case": "P-1", "exception": "Traceback"}

    assert lines.short(None, "", event) == "05:36:20 ERROR it broke case=P-1\nTraceback"


def test_the_time_until_ready_is_counted_from_the_call_of_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_BEGAN_AT", str(clock.now().timestamp() - 90))
    assert 90 <= environment.seconds_of_make() < 100
    monkeypatch.delenv("DEMO_BEGAN_AT")
    assert environment.seconds_of_make() == 0
    assert lines.after(93.4).strip() == "after 93 s in all, installing included; Ctrl-C stops it"


def test_make_says_when_it_was_called() -> None:
    makefile = source.ROOT / "Makefile"
    printed = subprocess.run(
        ["make", "--dry-run", "--always-make", "--file", str(makefile), "demo"],
        cwd=source.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    began_at = re.search(r"DEMO_BEGAN_AT=(\d+) exec .* -m portal\.demo\.supervisor", printed)

    assert began_at
    assert abs(int(began_at[1]) - clock.now().timestamp()) < 60

"""Subscribers that can be killed in the middle, heard in the workers of these tests and nowhere else.

`FAULTS_DIRECTORY` holds a file for each thing that happened, so that test and worker see the same.
"""

import os
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.casework import checks
from services.casework.models import Case
from services.foundation import clock
from services.notifications.channels import Content
from services.notifications.channels.gateway import GatewayPort
from services.outbox import registry

HANG_SECONDS = 60
CHECK = "hangs_once"
#: A test that makes a file of this name lets go whatever hangs.
LET_GO = "let-go"


def directory() -> Path:
    return Path(os.environ["FAULTS_DIRECTORY"])


def hang_once(name: str) -> None:
    """Hang the first time that this is reached, so that the test can do something right here: until it is let go, or dies."""
    mark = directory() / name
    if mark.exists():
        return
    mark.write_text(str(os.getpid()))
    deadline = time.monotonic() + HANG_SECONDS
    while time.monotonic() < deadline and not (directory() / LET_GO).exists():
        time.sleep(0.05)


def write(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Write an event, then hang before the commit."""
    audit.record(
        "tests.faults.written", actor=SYSTEM, subject=Subject("fault", payload["name"]), at=clock.now()
    )
    hang_once(payload["name"])


def count(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Write an event in a twentieth of a second."""
    audit.record(
        "tests.faults.written", actor=SYSTEM, subject=Subject("fault", payload["name"]), at=clock.now()
    )
    time.sleep(0.05)


def send(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Send through the gateway, then hang before it is marked as sent."""
    port = GatewayPort(url=payload["gateway"], token="", channel="sms")
    port.send(address="+6281234567890", content=Content(text=payload["name"]), key=f"message-{message_id}")
    hang_once(payload["name"])


def die(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """End the process that handles this, as the kernel does when memory is short."""
    os.kill(os.getpid(), 9)


def look(case: Case, at: datetime) -> checks.Finding:
    """A check that hangs before it is content."""
    hang_once("looked")
    return checks.passed(gettext_lazy("Passed"))


HEARD: dict[str, registry.Handler] = {
    "tests.faults.writing": write,
    "tests.faults.counting": count,
    "tests.faults.sending": send,
    "tests.faults.dying": die,
}


def listen() -> None:
    for topic, function in HEARD.items():
        registry.subscribe(topic, effect=function is send)(function)
    checks.register(checks.Check(name=CHECK, title=gettext_lazy("Passed"), look=look))


def stop_listening() -> None:
    for topic, function in HEARD.items():
        registry.unsubscribe(topic, function)
    checks.unregister(CHECK)


if "FAULTS_DIRECTORY" in os.environ:
    listen()

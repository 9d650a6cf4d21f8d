"""The demo's log for a person at a terminal: short lines, and none for what happens every few seconds."""

import logging
import re
from typing import Any

MACHINES_OWN = re.compile(r"request_started|/health/|\.tasks\.(sweep|deliver)\[.*succeeded|mingle: ")
TASK_NUMBER = re.compile(r"\[[0-9a-f-]{36}\]")
UNSAID = {
    "timestamp",
    "level",
    "logger",
    "event",
    "request_id",
    "task_id",
    "ip",
    "user_id",
    "user_agent",
    "exception",
}


class WorthReading(logging.Filter):
    """Leaves out the beginnings of requests, the looks at our health, and the outbox at its daily work."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a person wants the line; whatever went wrong is wanted."""
        return record.levelno > logging.INFO or not MACHINES_OWN.search(record.getMessage())


def after(seconds: float) -> str:
    """The line under the one that says ready."""
    return f"        after {seconds:.0f} s in all, installing included; Ctrl-C stops it"


def short(_logger: Any, _method: str, event: dict[str, Any]) -> str:
    """One line: the time of day, what happened, and what belongs to it."""
    words = [str(event.get("timestamp", ""))[11:19]]
    if event.get("level") not in {"info", None}:
        words.append(str(event["level"]).upper())
    if event.get("event") == "request_finished":
        words.append(f"{event.pop('request')} {event.pop('code')}")
    else:
        words.append(TASK_NUMBER.sub("", str(event.get("event"))))
    words += [f"{name}={value}" for name, value in event.items() if name not in UNSAID and name[0] != "_"]
    return " ".join(words) + (f"\n{event['exception']}" if event.get("exception") else "")

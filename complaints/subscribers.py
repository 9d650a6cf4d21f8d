"""What the reader sees happen after a report moved: notices to the reporter."""

from typing import Any

from complaints import workflow
from services.outbox import registry


def connect() -> None:
    """Subscribe to every transition of a report."""
    for transition in workflow.COMPLAINTS.transitions:
        registry.subscribe(transition.event)(keep_silent)


def keep_silent(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell nobody: the transition table says so."""

"""Subscribers of the tests' own, gone when the test ends."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.outbox import registry

Subscribe = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def heard() -> Iterator[Subscribe]:
    """`heard("a.topic", fail=…)` subscribes and returns the list of what was heard, newest last."""
    added: list[tuple[str, registry.Handler]] = []

    def listen(
        topic: str, *, effect: bool = False, queue: str = "default", act: Callable[[], None] | None = None
    ) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def hear(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
            calls.append({"payload": payload, "secret": secret, "message_id": message_id})
            if act is not None:
                act()

        hear.__qualname__ = f"hear_{len(added)}"
        registry.subscribe(topic, effect=effect, queue=queue)(hear)
        added.append((topic, hear))
        return calls

    yield listen
    for topic, function in added:
        registry.unsubscribe(topic, function)

"""Who has asked to hear of what; apps subscribe by importing their `subscribers` in `apps.py`."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar


class Refused(Exception):
    """Raised by a subscriber when trying again cannot help: the message is parked at once."""


class Handler(Protocol):
    """What a subscriber looks like; its docstring says what the reader sees happen."""

    def __call__(self, payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
        """Keep the promise, or raise to be asked again later."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One function that keeps a promise. `effect` is for the network: run outside a transaction, at least once.

    A message to a `traceless` one is in no list, leaves no gap in the numbers of the others, and is gone once it is kept.
    """

    topic: str
    name: str
    handle: Handler
    queue: str
    effect: bool
    traceless: bool = False


Function = TypeVar("Function", bound=Handler)

_by_topic: dict[str, dict[str, Subscriber]] = defaultdict(dict)
_by_name: dict[str, Subscriber] = {}


def subscribe(
    topic: str, *, effect: bool = False, queue: str = "default", traceless: bool = False
) -> Callable[[Function], Function]:
    """Register a function for a topic.

    Without `effect` it runs inside the transaction that marks the message done: its writes happen exactly once. With
    `effect` it may be run again after a crash, and makes itself idempotent by `message_id`. `traceless` is for what nobody
    may see, count or infer in the list of messages.
    """

    def register(function: Function) -> Function:
        name = f"{function.__module__}.{function.__qualname__}"  # type: ignore[attr-defined]
        subscriber = Subscriber(
            topic=topic, name=name, handle=function, queue=queue, effect=effect, traceless=traceless
        )
        _by_topic[topic][name] = subscriber
        _by_name[f"{topic} {name}"] = subscriber
        return function

    return register


def unsubscribe(topic: str, function: Handler) -> None:
    """Take a subscriber out again; for tests that bring their own."""
    name = f"{function.__module__}.{function.__qualname__}"  # type: ignore[attr-defined]
    _by_topic[topic].pop(name, None)
    _by_name.pop(f"{topic} {name}", None)


def subscribers_of(topic: str) -> list[Subscriber]:
    """Return those who have asked to hear of a topic."""
    return list(_by_topic[topic].values())


def subscriber(topic: str, name: str) -> Subscriber | None:
    """Return one subscriber, or None when a release has renamed it."""
    return _by_name.get(f"{topic} {name}")


def traceless_topics() -> frozenset[str]:
    """Return the topics whose messages stand in no list while all goes well."""
    return frozenset(each.topic for each in _by_name.values() if each.traceless)


def topics() -> frozenset[str]:
    """Return every topic that somebody hears; for the guard that no published topic is without one."""
    return frozenset(topic for topic, heard in _by_topic.items() if heard)

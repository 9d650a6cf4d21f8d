"""What a sweep would ask thousands of times, asked once for as long as it lasts."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")

_known: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("foundation.once", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Keep every answer of `once` until the end of this block, in this thread alone."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question; inside `asked_once` the one that was given before."""
    known = _known.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return known[question]  # type: ignore[no-any-return]

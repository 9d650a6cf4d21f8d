"""Which operation of a public service carries out which transition, so that shared pages can call it by name."""

from collections.abc import Callable, Mapping

from services.casework.models import Case

Handler = Callable[..., Case]

_handlers: dict[str, Mapping[str, Handler]] = {}


def register(kind: str, handlers: Mapping[str, Handler]) -> None:
    """Make a service's operations known by the names of its transitions; done in its `apps.py`."""
    _handlers[kind] = handlers


def handler(case: Case, transition_name: str) -> Handler:
    """The operation that takes this case along this transition. Raises KeyError."""
    return _handlers[case.kind][transition_name]

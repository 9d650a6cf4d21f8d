"""Which operation of a public service carries out which transition, so that shared pages can call it by name."""

from collections.abc import Callable, Mapping

from services.casework.models import Case

Handler = Callable[..., Case]

#: The address at which the citizen fills in or mends a case: the journey belongs to the service's own pages.
FilingLink = Callable[[Case], str]

_handlers: dict[str, Mapping[str, Handler]] = {}
_filing_links: dict[str, FilingLink] = {}


def register(kind: str, handlers: Mapping[str, Handler]) -> None:
    """Make a service's operations known by the names of its transitions; done in its `apps.py`."""
    _handlers[kind] = handlers


def handler(case: Case, transition_name: str) -> Handler:
    """The operation that takes this case along this transition. Raises KeyError."""
    return _handlers[case.kind][transition_name]


def register_filing_link(kind: str, link: FilingLink) -> None:
    """Make known where the citizen of this kind of case goes on with filling in; done in the service's `apps.py`."""
    _filing_links[kind] = link


def filing_link(case: Case) -> str:
    """Where the citizen's side goes on with this draft, or mends it; "" where the service has no such pages."""
    link = _filing_links.get(case.kind)
    return link(case) if link else ""

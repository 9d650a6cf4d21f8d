"""The names of the checks that a pack may ask the machine for; what each looks at stands in the apps above."""

from collections.abc import Iterable

_known: set[str] = set()


def declare(names: Iterable[str]) -> None:
    """Say that checks of these names can be carried out."""
    _known.update(names)


def known() -> frozenset[str]:
    """Every name that a pack may use under `checks`."""
    return frozenset(_known)

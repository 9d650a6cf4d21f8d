"""The times that the code needs a pack to give, by their codes: numbers with legal weight are data, never constants."""

_needed: set[str] = set()


def need(code: str) -> str:
    """Say that every pack must give this time; returns the code. Called where the code's own name is defined."""
    _needed.add(code)
    return code


def needed() -> frozenset[str]:
    """The codes that every pack must give."""
    return frozenset(_needed)

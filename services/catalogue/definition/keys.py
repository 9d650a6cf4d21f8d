"""How things in a pack are named, and the rule that a name is used once."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60)]


def refuse_doubled(what: str, keys: Iterable[str]) -> None:
    """Raise ValueError with the names that are used more than once."""
    listed = list(keys)
    doubled = sorted({key for key in listed if listed.count(key) > 1})
    if doubled:
        raise ValueError(f"{what} used twice: {', '.join(doubled)}")

"""Every pack of this house with its sections and its services, for tests that hold for each of them."""

from collections.abc import Callable
from typing import Any

import pytest

from portal import governments
from services.catalogue import pack as catalogue
from services.catalogue.definition import ServiceDefinition
from services.government import pack as government

NAMES = governments.known()
SECTIONS: dict[str, government.Section] = {
    name: government.read_section(governments.PACKS / name) for name in NAMES
}
SERVICES: dict[str, ServiceDefinition] = {
    f"{name} {file.value.slug}": file.value
    for name in NAMES
    for file in catalogue.read_section(governments.PACKS / name).services
}
APPLIED_FOR = {name: service for name, service in SERVICES.items() if service.is_applied_for}

Mark = Callable[[Callable[..., Any]], Callable[..., Any]]


def each(argument: str, values: dict[str, Any]) -> Mark:
    """One test for each of these, named by what it is about."""
    return pytest.mark.parametrize(argument, list(values.values()), ids=list(values))


def texts(value: Any) -> list[dict[str, str]]:
    """Every text in both languages inside a definition."""
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return [value]
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inside for text in texts(one)]

"""The population registry, which knows under which name a NIK is registered. Another house keeps it; ours may lack a line to it."""

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class RegistryUnreachable(Exception):
    """The registry gives no answer now."""


class PopulationRegistry(Protocol):
    """Whatever can be asked for a name. It answers within seconds, or raises RegistryUnreachable."""

    def name_of(self, nik: str) -> str | None:
        """The name registered under these 16 digits; None where there is none."""


def registry() -> PopulationRegistry | None:
    """The registry that the settings name; None where there is no line to one."""
    path = settings.POPULATION_REGISTRY
    return cast(PopulationRegistry, import_string(path)()) if path else None

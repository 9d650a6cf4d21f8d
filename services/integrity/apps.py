"""The integrity app."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """Conflicts of interest: who may not touch which case."""

    name = "services.integrity"
    label = "integrity"

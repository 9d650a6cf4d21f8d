"""Registration of the foundation with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Owns the first migration (roles), the template tags and the clock's command."""

    name = "services.foundation"
    label = "foundation"
    verbose_name = "Foundation"

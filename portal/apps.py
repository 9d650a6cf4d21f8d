"""The Django application portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

"""The Django application applications."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "services.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"

"""The Django application permits."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"

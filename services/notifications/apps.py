"""The Django application notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "services.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

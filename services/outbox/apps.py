"""The Django application outbox."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "services.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

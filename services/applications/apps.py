"""The Django application applications."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Filling in, checking and sending an application for any service, and what follows when it is granted."""

    name = "services.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens to certificates."""
        from services.applications import subscribers  # noqa: PLC0415 (Django must be ready first)

        subscribers.connect()

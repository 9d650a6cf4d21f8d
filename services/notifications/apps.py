"""Registration of notifications with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Notices and their deliveries; hears from the outbox what is to be sent."""

    name = "services.notifications"
    label = "notifications"
    verbose_name = _("Notices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe to the topics of the outbox."""
        from services.notifications import subscribers  # noqa: F401, PLC0415 (Django must be ready first)

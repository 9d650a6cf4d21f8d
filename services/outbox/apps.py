"""Registration of the outbox with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Promises kept after commit."""

    name = "services.outbox"
    label = "outbox"
    verbose_name = _("Outbox")

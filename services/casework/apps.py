"""The casework app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """The case that every public service shares."""

    name = "services.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        """Listen to what is below, and say what the machine can check."""
        from services.casework import checks, escalation, expired, handlers, subscribers  # noqa: PLC0415 (Django must be ready first)
        from services.casework.checks import file, people  # noqa: PLC0415 (Django must be ready first)

        subscribers.connect()
        handlers.register_aside("expired", expired.aside)
        handlers.register_aside("ladder", escalation.aside)
        checks.register(*people.CHECKS, *file.CHECKS)

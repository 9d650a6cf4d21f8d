"""The Django application applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

AT_THE_COUNTER = _("It was filled in at the counter. Whoever filled it in neither handles nor decides it.")
ON_THE_TELEPHONE = _(
    "It was taken down on the telephone. Whoever took it down neither handles nor decides it."
)


class ApplicationsConfig(AppConfig):
    """Filling in, checking and sending an application for any service, and what follows when it is granted."""

    name = "services.applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens to certificates, and say what the machine can check."""
        from services.applications import checks, subscribers  # noqa: PLC0415 (Django must be ready first)
        from services.casework import checks as casework  # noqa: PLC0415 (Django must be ready first)
        from services.casework import timeline  # noqa: PLC0415 (Django must be ready first)

        subscribers.connect()
        timeline.register(
            {
                "casework.counter.served": AT_THE_COUNTER,
                "casework.counter.served_by_telephone": ON_THE_TELEPHONE,
            }
        )
        casework.register(*checks.CHECKS)

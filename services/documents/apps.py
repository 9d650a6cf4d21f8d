"""The documents app."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Registers what listens to the outbox once every app is loaded."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "services.documents"
    verbose_name = _("Documents and certificates")

    def ready(self) -> None:
        """Subscribers register themselves when their module is imported; the seal is looked at when anything starts."""
        from services.documents import checks, subscribers  # noqa: F401, PLC0415

        register(checks.the_seal_can_sign, Tags.security)

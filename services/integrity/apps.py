"""The integrity app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrityConfig(AppConfig):
    """Conflicts of interest: who may not touch which case."""

    name = "services.integrity"
    label = "integrity"
    verbose_name = _("Integrity")

"""Registration of the record with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The append-only record of what was done."""

    name = "services.audit"
    label = "audit"
    verbose_name = _("Record")

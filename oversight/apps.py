"""The oversight app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """Dashboards, figures for everybody, and the register of decisions."""

    name = "oversight"
    label = "oversight"
    verbose_name = _("Oversight")

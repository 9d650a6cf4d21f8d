"""The app of the government's own facts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernmentConfig(AppConfig):
    """Agencies, districts, contacts and the working calendar."""

    name = "services.government"
    label = "government"
    verbose_name = _("Government")

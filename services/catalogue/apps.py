"""The app of public services as data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Public services, their versions and deadlines."""

    name = "services.catalogue"
    label = "catalogue"
    verbose_name = _("Public services")

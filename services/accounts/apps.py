"""The app of people and access."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, persons, memberships and the codes that are sent to phones."""

    name = "services.accounts"
    label = "accounts"
    verbose_name = _("People and access")

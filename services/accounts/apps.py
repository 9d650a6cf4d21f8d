"""The Django application accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "services.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

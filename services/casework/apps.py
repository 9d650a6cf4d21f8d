"""The Django application casework."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the app under its folder's name."""

    name = "services.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

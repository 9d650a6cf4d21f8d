"""The permits app."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """A permission or a paper for one act at one place or time."""

    name = "permits"
    label = "permits"

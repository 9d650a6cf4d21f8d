"""The portal composes the apps: settings, addresses, Celery, health, and the demo."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]

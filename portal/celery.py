"""The Celery application. Each app's `tasks.py` may list its periodic tasks as `SCHEDULE`, in the shape of `beat_schedule`."""

from importlib import import_module
from typing import Any

from celery import Celery
from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django_structlog.celery.steps import DjangoStructLogInitStep

app = Celery("bening")
# Every thread of a server speaks to our broker, and not only the one that has made the application.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


def schedule() -> dict[str, Any]:
    """The periodic tasks of all apps, by name."""
    entries: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "tasks"):
            entries |= getattr(import_module(f"{config.name}.tasks"), "SCHEDULE", {})
    return entries


@app.on_after_finalize.connect
def assemble_schedule(sender: Celery, **_: Any) -> None:
    """Give beat what the apps listed."""
    sender.conf.beat_schedule = schedule()

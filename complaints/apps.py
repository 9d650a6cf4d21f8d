"""The complaints app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """Reports about the city."""

    name = "complaints"
    label = "complaints"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the workflow and its clocks known to the shared ground."""
        from complaints import clocks, sentences, subscribers, workflow  # noqa: PLC0415 (Django must be ready first)
        from services.casework import clocks as shared_clocks  # noqa: PLC0415 (Django must be ready first)
        from services.casework import timeline  # noqa: PLC0415 (Django must be ready first)
        from services.casework import workflow as workflows  # noqa: PLC0415 (Django must be ready first)

        workflows.register(workflow.COMPLAINTS)
        shared_clocks.register(workflow.KIND, clocks.promise)
        timeline.register(sentences.SENTENCES)
        subscribers.connect()

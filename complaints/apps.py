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
        from complaints import clocks, desk, operations, policies, sentences, subscribers, workflow  # noqa: PLC0415 (Django must be ready first)
        from services.applications import flow  # noqa: PLC0415 (Django must be ready first)
        from services.casework import clocks as shared_clocks  # noqa: PLC0415 (Django must be ready first)
        from services.casework import handlers, timeline  # noqa: PLC0415 (Django must be ready first)
        from services.casework import policies as shared_policies  # noqa: PLC0415 (Django must be ready first)
        from services.casework import workflow as workflows  # noqa: PLC0415 (Django must be ready first)

        workflows.register(workflow.COMPLAINTS)
        shared_policies.register_own_matters(workflow.KIND, policies.own_matters)
        handlers.register(workflow.KIND, operations.BY_TRANSITION)
        handlers.register_desk(workflow.KIND, desk.DESK)
        handlers.register_part(workflow.KIND, handlers.Page.DESK, desk.on_desk)
        handlers.register_part(workflow.KIND, handlers.Page.CITIZEN, desk.for_citizen)
        handlers.register_part(workflow.KIND, handlers.Page.PUBLIC, desk.for_public)
        shared_clocks.register(workflow.KIND, clocks.promise)
        timeline.register(sentences.SENTENCES)
        flow.register_at_counter(handlers.Part(template="complaints/counter/_part.html", own={}))
        subscribers.connect()
        _make_integrity_known()


def _make_integrity_known() -> None:
    """A kind of case of its own beside reports about the city, with its own desk, clocks and words."""
    from complaints.integrity import clocks, desk, operations, subscribers, workflow  # noqa: PLC0415 (as above)
    from services.casework import clocks as shared_clocks  # noqa: PLC0415 (as above)
    from services.casework import handlers, timeline  # noqa: PLC0415 (as above)
    from services.casework import workflow as workflows  # noqa: PLC0415 (as above)

    workflows.register(workflow.INTEGRITY)
    handlers.register(workflow.KIND, operations.BY_TRANSITION)
    handlers.register_desk(workflow.KIND, desk.DESK)
    handlers.register_part(workflow.KIND, handlers.Page.DESK, desk.part)
    handlers.register_aside("integrity", desk.aside)
    shared_clocks.register(workflow.KIND, clocks.promise)
    timeline.register(subscribers.SENTENCES)
    subscribers.connect()

"""The permits app."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """A permission or a paper for one act at one place or time."""

    name = "permits"
    label = "permits"

    def ready(self) -> None:
        """Make the workflow, its operations and its pages known to the shared ground."""
        from permits import operations, workflow  # noqa: PLC0415 (Django must be ready first)
        from permits.views import citizen  # noqa: PLC0415 (Django must be ready first)
        from services.applications import flow, subscribers  # noqa: PLC0415 (Django must be ready first)
        from services.applications import operations as applications  # noqa: PLC0415 (Django must be ready first)
        from services.casework import handlers  # noqa: PLC0415 (Django must be ready first)
        from services.casework import workflow as workflows  # noqa: PLC0415 (Django must be ready first)

        workflows.register(workflow.PERMITS)
        handlers.register(workflow.KIND, operations.BY_TRANSITION)
        handlers.register_draft(workflow.KIND, applications.draft_certificate)
        handlers.register_filing_link(workflow.KIND, citizen.filing_link)
        flow.register(citizen.FLOW)
        subscribers.connect_service(workflow.PERMITS, order=operations.order_certificate)

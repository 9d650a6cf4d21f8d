"""The licensing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    """The continuing right to run a business or to practise a profession."""

    name = "licensing"
    label = "licensing"
    verbose_name = _("Licences")

    def ready(self) -> None:
        """Make the workflow, its operations and its pages known to the shared ground."""
        from licensing import operations, policies, queries, workflow  # noqa: PLC0415 (Django must be ready first)
        from licensing import subscribers as own  # noqa: PLC0415 (Django must be ready first)
        from licensing.views import citizen, parts  # noqa: PLC0415 (Django must be ready first)
        from services.applications import flow, subscribers  # noqa: PLC0415 (Django must be ready first)
        from services.casework import checks, conflicts, handlers  # noqa: PLC0415 (Django must be ready first)
        from services.casework import policies as casework  # noqa: PLC0415 (Django must be ready first)
        from services.casework import workflow as workflows  # noqa: PLC0415 (Django must be ready first)

        workflows.register(workflow.LICENCES)
        handlers.register(workflow.KIND, operations.BY_TRANSITION)
        handlers.register_draft(workflow.KIND, operations.draft_certificate)
        handlers.register_filing_link(workflow.KIND, citizen.filing_link)
        handlers.register_part(workflow.KIND, handlers.Page.CITIZEN, parts.for_citizen)
        handlers.register_part(workflow.KIND, handlers.Page.DESK, parts.for_desk)
        checks.register_holder(workflow.KIND, queries.same_holder)
        conflicts.register_businesses(workflow.KIND, policies.for_declared_businesses)
        casework.register_own_matters(workflow.KIND, policies.own_matters)
        flow.register(citizen.FLOW)
        subscribers.connect_service(workflow.LICENCES, order=operations.order_certificate)
        own.connect()

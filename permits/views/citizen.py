"""The citizen's pages of a permit: the shared journey, given the operations of permits."""

from typing import Final

from permits import operations, workflow
from services.applications.flow import Flow
from services.casework.models import Case

FLOW: Final = Flow(
    kind=workflow.KIND,
    namespace="permits",
    start=operations.start_application,
    submit=operations.submit_application,
    resubmit=operations.resubmit_application,
)


def filing_link(case: Case) -> str:
    """Where the citizen's side goes on with filling in or mending."""
    return FLOW.case_url("tasks", case)

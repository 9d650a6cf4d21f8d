"""The citizen's pages of an application for a licence: the shared journey, given the operations of licences."""

from typing import Final

from licensing import operations, workflow
from services.applications.flow import Flow
from services.casework.models import Case

FLOW: Final = Flow(
    kind=workflow.KIND,
    namespace="licensing",
    start=operations.start_application,
    submit=operations.submit_application,
    resubmit=operations.resubmit_application,
)


def filing_link(case: Case) -> str:
    """Where the citizen's side goes on with filling in or mending."""
    return FLOW.case_url("tasks", case)

"""What the system does by itself with reports: archive and close after silence."""

from datetime import datetime

from complaints import workflow
from services.casework import operations as casework
from services.casework.models import Outcome


def end_silent_reports(*, at: datetime) -> int:
    """Archive those whose missing data did not come, close those that were answered; returns how many."""
    archived = casework.lapse_silent_cases(
        workflow.LAPSE, kind=workflow.KIND, outcome=Outcome.ARCHIVED, at=at
    )
    closed = casework.lapse_silent_cases(workflow.CLOSE, kind=workflow.KIND, outcome=Outcome.CLOSED, at=at)
    return archived + closed

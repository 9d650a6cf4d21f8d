"""What is promised to an integrity report: to be read in the time of the intake, to be examined in that of the service."""

from services.casework.clocks import Promise
from services.casework.models import Case


def promise(case: Case) -> Promise | None:
    """The promise that runs now; a receiver to whom it was handed over begins anew."""
    definition = case.service_version.parsed
    if case.current.final or case.submitted_at is None:
        return None
    if case.status == "NOT_OURS":
        return Promise("intake", case.status_at, definition.intake_time)
    if case.complete_at is not None:
        return Promise("examination", case.complete_at, definition.time)
    return Promise("intake", case.submitted_at, definition.intake_time)

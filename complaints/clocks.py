"""The times of a report: what the office has promised for the part that runs now. Every number is the pack's."""

from datetime import datetime
from typing import Final, cast

from complaints.models import Complaint
from services.casework.clocks import Promise
from services.casework.models import Case
from services.catalogue import deadlines
from services.catalogue import queries as catalogue
from services.catalogue.definition import Duration
from services.foundation.clock import local_date
from services.government import calendar

VERIFICATION: Final = deadlines.need("complaint-verification")
#: How long the reporter has to add what is missing.
NEEDS_DATA: Final = deadlines.need("complaint-needs-data")
ANSWER: Final = deadlines.need("complaint-answer")
#: After how long an office that has not answered is shown to the head of government.
HEAD_OF_GOVERNMENT: Final = deadlines.need("complaint-head-of-government")
#: After how long of silence an answered report is closed.
SILENCE: Final = deadlines.need("complaint-silence")


def promise(case: Case) -> Promise | None:
    """The promise that runs now; None while the reporter has the word after an answer, and after the end."""
    if case.submitted_at is None or case.status in {"ANSWERED", *_ended(case)}:
        return None
    if case.status == "REOPENED":
        return _promise("answer", ANSWER, case.status_at)
    if case.complete_at is None:
        return _promise("verification", VERIFICATION, case.submitted_at)
    if case.status == "PLANNED":
        settlement = Complaint.objects.values_list("category__settlement", flat=True).get(case=case)
        return _promise("settlement", settlement, case.complete_at)
    return _promise("answer", ANSWER, case.complete_at)


def _promise(name: str, code: str, start: datetime) -> Promise:
    found = catalogue.deadline(code, on=local_date(start))
    return Promise(name, start, Duration(amount=found.amount, unit=cast(calendar.Unit, found.unit)))


def _ended(case: Case) -> set[str]:
    return {status.code for status in case.workflow.statuses if status.final}

"""What reaches the head: reports that no office has answered in time, and those that were twice called unsolved.

Confidential ones are never among them, nor counted.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from complaints.models import Complaint

#: Both orders are served by an index; with the case they are unique.
LATE: Final = ("head_due_at", "case_id")
ESCALATED: Final = ("escalated_at", "case_id")


def unanswered(*, agencies: Collection[int] | None, at: datetime) -> QuerySet[Complaint]:
    """Reports whose office has said nothing since it got them, past the time after which the head is told."""
    return _open(agencies).filter(head_due_at__lt=at, first_answer_at=None)


def escalated(*, agencies: Collection[int] | None) -> QuerySet[Complaint]:
    """Reports whose reporter said for the second time that they are not solved."""
    return _open(agencies).filter(escalated_at__isnull=False)


def _open(agencies: Collection[int] | None) -> QuerySet[Complaint]:
    found = Complaint.objects.filter(case__closed_at=None, case__is_confidential=False).select_related(
        "case__agency", "case__district__parent", "category"
    )
    return found if agencies is None else found.filter(case__agency__in=agencies)

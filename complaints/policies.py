"""Who is told of reports that were not answered, and whose own matter a report is that an officer took down for somebody."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Exists, OuterRef

from complaints.models import Complaint
from services.accounts.models import Hat, Membership, User

HEAD_HATS: Final = frozenset({Hat.EXECUTIVE, Hat.SUPERVISOR})


def heads_of(memberships: Sequence[Membership]) -> frozenset[int] | None:
    """The agencies (by id) whose unanswered reports these hats show; None for all, an empty set for none."""
    worn = [row for row in memberships if row.hat in HEAD_HATS]
    if any(row.hat == Hat.EXECUTIVE and row.agency.is_root for row in worn):
        return None
    return frozenset(row.agency_id for row in worn)


def own_matters(user: User) -> Exists:
    """The condition under which a report was taken down by this user for somebody else, and is not theirs to handle."""
    return Exists(Complaint.objects.filter(case=OuterRef("pk"), taken_by=user))

"""Who is told of reports that were not answered: the head of government of all, heads and supervisors of their own office's."""

from collections.abc import Sequence
from typing import Final

from services.accounts.models import Hat, Membership

HEAD_HATS: Final = frozenset({Hat.EXECUTIVE, Hat.SUPERVISOR})


def heads_of(memberships: Sequence[Membership]) -> frozenset[int] | None:
    """The agencies (by id) whose unanswered reports these hats show; None for all, an empty set for none."""
    worn = [row for row in memberships if row.hat in HEAD_HATS]
    if any(row.hat == Hat.EXECUTIVE and row.agency.is_root for row in worn):
        return None
    return frozenset(row.agency_id for row in worn)

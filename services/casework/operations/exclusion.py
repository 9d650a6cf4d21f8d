"""Keeping somebody of the office away from a case that is about them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import holdings, transitions
from services.casework.models import Case, Left
from services.casework.operations.values import UnableToHandle
from services.integrity import operations as integrity


def exclude_officer(case: Case, *, user: User, actor: User | None, hat: str = "", at: datetime) -> Case:
    """Keep an officer away from a confidential case: neither list nor page has it for them, and it leaves their desk.

    On record without their name, since the case's history is read by its reporter too. Raises UnableToHandle (open).
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        if not locked.is_confidential:
            raise UnableToHandle(
                code="open",
                message=_("This case is not confidential; a conflict of interest is declared instead."),
            )
        if not integrity.exclude_user(reference=locked.reference, user=user, at=at):
            return locked
        if locked.assignee_id == user.pk:
            locked.assignee = None
            holdings.end(locked, how=Left.MOVED, at=at)
        transitions.touch(locked, fields=("assignee",))
        transitions.record(locked, "casework.officer.excluded", actor=actor, hat=hat, at=at)
    return locked

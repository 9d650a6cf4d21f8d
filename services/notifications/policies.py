"""Who may do what with deliveries."""

from datetime import datetime

from services.accounts import queries as accounts
from services.accounts.models import Hat, User

HATS = frozenset({Hat.SUPERVISOR, Hat.ADMINISTRATOR})


def can_send_again(user: User, *, at: datetime) -> bool:
    """Whether the user wears a supervisor's or an administrator's hat in any agency today."""
    return user.is_active and accounts.memberships_of(user, at=at).filter(hat__in=HATS).exists()

"""Who may change hats, and who may see a NIK."""

from datetime import datetime

from services.accounts import queries
from services.accounts.models import Hat, Membership, User
from services.government.models import Agency

READERS_OF_NIK = frozenset(
    {Hat.INTAKE, Hat.REVIEWER, Hat.INSPECTOR, Hat.APPROVER, Hat.SUPERVISOR, Hat.AUDITOR}
)


def administers(user: User, agency: Agency, *, at: datetime) -> str:
    """The code of the agency in which this user is administrator over this one: itself or the root; "" if neither."""
    agencies = (
        queries.agencies_of(user, hat=Hat.ADMINISTRATOR, at=at) if user.is_active else Agency.objects.none()
    )
    over = agencies.filter(pk=agency.pk) | agencies.filter(is_root=True)
    return next((found.code for found in sorted(over, key=lambda found: found.pk != agency.pk)), "")


def can_change_hats_of(user: User, wearer: User, agency: Agency, *, at: datetime) -> bool:
    """Whether `user` may give hats to or take them from `wearer` in this agency. Never their own."""
    return user.pk != wearer.pk and bool(administers(user, agency, at=at))


def can_confirm(user: User, membership: Membership, *, at: datetime) -> bool:
    """Whether `user` may be the second person: an administrator, neither the giver nor the wearer."""
    return user.pk != membership.granted_by_id and can_change_hats_of(
        user, membership.user, membership.agency, at=at
    )


def reading_hat(user: User, agency: Agency, *, at: datetime) -> str:
    """The hat under which this user may unmask a NIK in the work of this agency; "" if none."""
    worn = queries.hats_of(user, agency=agency, at=at) & READERS_OF_NIK
    return min(worn, default="")

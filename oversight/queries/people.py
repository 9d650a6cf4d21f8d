"""Who is looking, and what they may see. One query, which also says up to when the figures hold."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from oversight import policies
from oversight.models import Refresh
from oversight.policies import Scope
from services.accounts import queries as accounts
from services.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks: their part of the dashboard, the agency they audit for, the moment up to which the figures hold."""

    user: User
    scope: Scope | None
    audits_for: str
    as_of: datetime | None


def reader(user: User, *, at: datetime) -> Reader:
    """What the hats of today open to this user."""
    as_of = Subquery(Refresh.objects.values("as_of")[:1])
    worn = list(accounts.memberships_of(user, at=at).annotate(as_of=as_of))
    return Reader(
        user=user,
        scope=policies.scope_of(worn),
        audits_for=policies.auditing_agency(worn),
        as_of=worn[0].as_of if worn else None,
    )


def as_of() -> datetime | None:
    """Up to when the figures hold; None before they were first drawn."""
    return Refresh.objects.values_list("as_of", flat=True).first()

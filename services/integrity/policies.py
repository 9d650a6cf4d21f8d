"""Who may not touch which case. Casework gives the parties as plain values; integrity knows no case."""

from dataclasses import dataclass
from uuid import UUID

from services.accounts.models import User


@dataclass(frozen=True, slots=True)
class Parties:
    """Persons (by id) and users (by id) whose own matter something is."""

    persons: frozenset[UUID]
    users: frozenset[int]


def is_party(user: User, parties: Parties) -> bool:
    """Whether the matter is this user's own: as a party, or as the login of a person who is one."""
    return user.pk in parties.users

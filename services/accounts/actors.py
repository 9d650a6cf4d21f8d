"""The user as the record names them: by pseudonym, with the hat and agency they act under."""

from services.accounts.models import User
from services.audit.actors import USER, Actor, Subject


def acting(user: User, *, hat: str = "", agency_code: str = "") -> Actor:
    """The actor behind a write: `hat` and `agency_code` are empty where a citizen acts for themselves."""
    return Actor(kind=USER, pseudonym=user.pseudonym, hat=hat, agency=agency_code)


def subject_of(user: User) -> Subject:
    """The user as what an event is about."""
    return Subject("user", str(user.pseudonym))

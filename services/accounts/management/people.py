"""How commands name people: by what they confirmed."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from services.accounts import queries
from services.accounts.forms.contacts import read_contact
from services.accounts.models import User


def user_named(text: str) -> User:
    """The login that confirmed this phone number or e-mail address; CommandError if there is none."""
    try:
        contact = read_contact(text)
    except ValidationError as problem:
        raise CommandError(problem.message) from problem
    user = queries.holder_of(phone=contact.phone, email=contact.email)
    if user is None:
        raise CommandError(f"Nobody has confirmed {text}. They sign up on the site first.")
    return user

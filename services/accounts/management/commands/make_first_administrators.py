"""Two people become the first administrators of an empty installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services.accounts import operations
from services.accounts.management.people import user_named
from services.foundation import clock


class Command(BaseCommand):
    """Gives two people the administrator's hat of the root agency, once."""

    help = "Make two people, who have signed up, the first administrators. Refused once there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        """Both people, by a phone number or e-mail address that they confirmed."""
        parser.add_argument("people", nargs=2, metavar="PHONE_OR_EMAIL")

    def handle(self, *args: Any, people: list[str], **options: Any) -> None:
        """Make them."""
        users = [user_named(text) for text in people]
        try:
            memberships = operations.make_first_administrators(users, at=clock.now())
        except operations.UnableToChangeHats as refusal:
            raise CommandError(str(refusal)) from refusal
        for membership in memberships:
            self.stdout.write(f"{membership.user}: {membership}")

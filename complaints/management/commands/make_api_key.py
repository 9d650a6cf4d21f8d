"""A key for a program that sends reports: `manage.py make_api_key "Warga Peduli" --contact api@example.org`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from complaints.operations import keys as operations
from services.foundation import clock


class Command(BaseCommand):
    """Makes a key and prints it, this once. Administrators see and revoke it at the desk."""

    help = "Make a key with which a program sends reports by Open311. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        """For which program, and who answers for it."""
        parser.add_argument("name", help="the program, as people know it")
        parser.add_argument("--contact", required=True, help="who answers for what it sends")

    def handle(self, *args: Any, name: str, contact: str, **options: Any) -> None:
        """Print the key alone, so that it can be taken into a variable."""
        try:
            _key, secret = operations.make_key(name=name, contact=contact, made_by=None, at=clock.now())
        except operations.UnableToManageKey as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(secret)

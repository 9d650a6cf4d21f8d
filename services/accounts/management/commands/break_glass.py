"""A hat in an emergency: for a few days, on record, and the auditors are told."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services.accounts import operations
from services.accounts.management.people import user_named
from services.accounts.models import Hat
from services.foundation import clock
from services.government import queries as government
from services.government.models import Agency


class Command(BaseCommand):
    """Gives somebody a hat without a second person. Leaves an event and a notice to every auditor."""

    # In an emergency the rest of the house may be broken too.
    requires_system_checks = ()
    help = "Give somebody a hat in an emergency, for one to three days. It is on record, and the auditors are told."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, which hat, where, how long, why."""
        parser.add_argument("person", metavar="PHONE_OR_EMAIL")
        parser.add_argument("hat", choices=Hat.values)
        parser.add_argument("--agency", default="", help="code of the agency; the root agency if left out")
        parser.add_argument("--days", type=int, default=1, help="1 (until tonight) to 3")
        parser.add_argument("--reason", required=True, help="what the emergency is")

    def handle(
        self, *args: Any, person: str, hat: str, agency: str, days: int, reason: str, **options: Any
    ) -> None:
        """Break the glass."""
        try:
            office = government.agency_by_code(agency) if agency else government.root_agency()
            membership = operations.use_break_glass(
                user=user_named(person), agency=office, hat=hat, days=days, reason=reason, at=clock.now()
            )
        except Agency.DoesNotExist as missing:
            raise CommandError(
                f"There is no agency {agency or 'above all others; load a pack first'}."
            ) from missing
        except operations.UnableToChangeHats as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{membership.user}: {membership}, until {membership.valid_until}. The auditors are told."
        )

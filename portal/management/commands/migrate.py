"""`migrate`, as the owner of the tables: the web role owns nothing and may change no table."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate

OWNER = "owner"


class Command(migrate.Command):
    """Django's command, with the owner's database account as its default."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take Django's arguments and change one default."""
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Refuse to start without the owner's account, before Django looks for it; then do what Django does."""
        if options["database"] == OWNER and OWNER not in settings.DATABASES:
            raise CommandError(
                "Migrations run as the owner of the tables, and the variable DATABASE_OWNER_URL is missing. "
                "Example: DATABASE_OWNER_URL=postgres://bening_owner:password@database:5432/bening"
            )
        return super().execute(*args, **options)

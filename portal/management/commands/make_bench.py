"""Marks an empty database as a bench: the only place where `make_cases` invents cases."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.bench import marker


class Command(BaseCommand):
    """`manage.py make_bench`, on a database that was migrated and never used."""

    help = "Mark an empty database as a bench. Refused where there are people or cases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark, or say why not."""
        try:
            marker.mark()
        except marker.UnableToBench as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write("This database is a bench now.")

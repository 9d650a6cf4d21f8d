"""Copies the cases of a bench until there are as many as are asked for."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.bench import marker, multiply, prepare
from services.foundation import clock


class Command(BaseCommand):
    """`manage.py make_cases 1000000`, as the owner, in a database that `make_bench` marked and the demo filled."""

    help = "Copy the cases of a bench until there are so many. Refused in every other database."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many there are to be."""
        parser.add_argument("number", type=int, help="how many cases there are to be in all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy, telling how far it is, or say why not."""
        try:
            prepare.prepare(at=clock.now())
            made = multiply.make_cases(options["number"], at=clock.now(), told=self._tell)
        except marker.UnableToBench as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write(f"{made} cases made")

    def _tell(self, there: int) -> None:
        self.stdout.write(f"{there} cases", ending="\r")
        self.stdout.flush()

"""Measures a bench as it is, and writes what it found where `make bench` reads it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.bench import marker, pages, sweeps, takers
from services.casework.models import Case
from services.foundation import clock


class Command(BaseCommand):
    """`manage.py measure_bench --into FILE`."""

    help = "Measure pages, take-next and the sweep of a bench, and write them as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write; or only the sweep, which is measured in a process of its own."""
        parser.add_argument("--into", type=Path, help="the file of the results")
        parser.add_argument(
            "--sweep", action="store_true", help="sweep in this process, and print what it took"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, the sweep first: it notes what came due while the bench was filled."""
        try:
            marker.require_mark()
        except marker.UnableToBench as refusal:
            raise CommandError(str(refusal.message)) from None
        if options["sweep"]:
            self.stdout.write(json.dumps(sweeps.swept(at=clock.now())))
            return
        swept = sweeps.measured()
        at = clock.now()
        found = {
            "cases": Case.objects.count(),
            "pages": pages.measured(at=at),
            "take_next": takers.measured(at=at),
            "sweep": swept,
        }
        text = json.dumps(found, indent=2)
        if options["into"]:
            options["into"].write_text(text)
        self.stdout.write(text)

"""Draws the workflows, or says that the drawings are not of today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import diagrams, stage_diagrams


class Command(BaseCommand):
    """`manage.py diagrams` writes docs/workflows/; with --check it only compares."""

    help = "Draw the workflows and the stages of each service into docs/workflows/, from what enforces them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="fail when a drawing is not of today")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or compare."""
        for path, text in (diagrams.pages() | stage_diagrams.pages()).items():
            if options["check"]:
                if not path.exists() or path.read_text() != text:
                    raise CommandError(f"{path.name} is not of today: run `make diagrams`.")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)

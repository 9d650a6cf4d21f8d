"""`manage.py move_clock +3d`: move the clock of the demo and of tests for web, worker and beat alike.

Forward only, since the record would otherwise tell of things before they happened; `reset` is for an emptied demo.
"""

import re
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from services.foundation import clock

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
AMOUNT = re.compile(r"\+?(?P<amount>\d+)(?P<unit>[mhdw])")


class Command(BaseCommand):
    """Add to the clock's offset, or put it back to the real time."""

    help = "Move the clock: +3d, +2h, +30m, +1w, or reset. Refused where CLOCK_MOVABLE is off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one amount of time."""
        parser.add_argument("by", help="+3d, +2h, +30m, +1w or reset")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move or reset, then say what the clock says."""
        if options["by"] == "reset":
            clock.reset()
        else:
            self._move(options["by"])
        self.stdout.write(f"the clock says {clock.now():%Y-%m-%d %H:%M} UTC")

    def _move(self, text: str) -> None:
        match = AMOUNT.fullmatch(text)
        if match is None:
            raise CommandError(f"{text!r} is no amount of time; write +3d, +2h, +30m, +1w or reset")
        try:
            clock.move(timedelta(**{UNITS[match["unit"]]: int(match["amount"])}))
        except RuntimeError as problem:
            raise CommandError(str(problem)) from problem

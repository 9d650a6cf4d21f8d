"""Draw the figures again from the record."""

from typing import Any

from django.core.management.base import BaseCommand

from oversight import operations
from services.foundation import clock


class Command(BaseCommand):
    """`manage.py recompute_figures`: harmless at any time; what comes out is the same unless something had been lost."""

    help = "Draw every case and count every day of the dashboards again, from the record."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say so."""
        operations.recompute_figures(at=clock.now())
        self.stdout.write("The figures are drawn anew.")

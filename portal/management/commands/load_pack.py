"""Load a government from its pack: `manage.py load_pack packs/<name>`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import packs
from services.foundation import clock
from services.foundation.packs import BrokenPackError


class Command(BaseCommand):
    """Load a pack; may be run again at any time, and changes only what differs."""

    help = "Load a government (agencies, districts, calendar, services) from the folder of its pack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder of the pack."""
        parser.add_argument("folder", type=Path, help="such as packs/<name>")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Say what changed; where the pack is broken, say everything that is to be mended and load nothing."""
        try:
            changed = packs.load(folder, at=clock.now())
        except BrokenPackError as broken:
            raise CommandError(
                "\n".join([*broken.problems, "The pack is broken. Nothing was loaded."])
            ) from None
        for line in changed:
            self.stdout.write(line)
        self.stdout.write(
            f"{folder.name}: {len(changed)} changes" if changed else f"{folder.name}: up to date"
        )

"""Loading a pack: every section is read and checked before the first row is written, and all are written together."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from services.catalogue import pack as catalogue
from services.foundation.packs import BrokenPackError
from services.government import pack as government


def load(folder: Path, *, at: dt.datetime) -> list[str]:
    """Load the pack in `folder`; returns one line for each thing that changed, none when it was loaded before.

    Raises BrokenPackError with every problem found, and then nothing is written.
    """
    if not folder.is_dir():
        raise BrokenPackError([f"{folder}: there is no such folder"])
    government_section, catalogue_section = _read(folder)
    with transaction.atomic():
        return [
            *government.load_section(government_section, at=at),
            *catalogue.load_section(catalogue_section, at=at),
        ]


def _read(folder: Path) -> tuple[government.Section, catalogue.Section]:
    """Both sections; the problems of both are told at once."""
    problems: list[str] = []
    sections = []
    for section in (government, catalogue):
        try:
            sections.append(section.read_section(folder))
        except BrokenPackError as broken:
            problems += broken.problems
    if problems:
        raise BrokenPackError(problems)
    first, second = sections
    return first, second

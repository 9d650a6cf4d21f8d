"""Loading a pack: every section is read and checked before the first row is written, and all are written together."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from complaints import pack as complaints
from services.casework import pack as casework
from services.catalogue import pack as catalogue
from services.foundation.packs import BrokenPackError
from services.government import pack as government
from services.integrity.pact import pack as pact

Section = TypeVar("Section")


def load(folder: Path, *, at: dt.datetime) -> list[str]:
    """Load the pack in `folder`; returns one line for each thing that changed, none when it was loaded before.

    Raises BrokenPackError with every problem found, and then nothing is written.
    """
    if not folder.is_dir():
        raise BrokenPackError([f"{folder}: there is no such folder"])
    problems: list[str] = []
    first = _read(government.read_section, folder, problems)
    second = _read(catalogue.read_section, folder, problems)
    third = _read(complaints.read_section, folder, problems)
    fourth = _read(pact.read_section, folder, problems)
    fifth = _read(casework.read_section, folder, problems)
    if first is None or second is None or third is None or fourth is None or fifth is None:
        raise BrokenPackError(problems)
    with transaction.atomic():
        return [
            *government.load_section(first, at=at),
            *catalogue.load_section(second, at=at),
            *complaints.load_section(third, at=at),
            *pact.load_section(fourth, at=at),
            *casework.load_section(fifth, at=at),
        ]


def _read(read: Callable[[Path], Section], folder: Path, problems: list[str]) -> Section | None:
    """One section, or None with its problems added to the others, so that all are told at once."""
    try:
        return read(folder)
    except BrokenPackError as broken:
        problems += broken.problems
        return None

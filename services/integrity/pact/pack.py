"""The section of a pack on the integrity pact: pact.yaml."""

import datetime as dt
from pathlib import Path

from services.foundation.packs import BrokenPackError, Sourced, read
from services.integrity.pact import operations
from services.integrity.pact.definition import PactDefinition

FILE = "pact.yaml"


def read_section(folder: Path) -> Sourced:
    """The text, checked; raises BrokenPackError with every problem."""
    return read(folder, FILE, PactDefinition)


def load_section(section: Sourced, *, at: dt.datetime) -> list[str]:
    """Publish the text if it is new. Inside atomic; raises BrokenPackError for a published number with another text."""
    try:
        return operations.publish_pact(definition=section.value, at=at)
    except operations.UnableToPublish as refusal:
        raise BrokenPackError([section.source.problem([refusal.field], refusal.message)]) from None

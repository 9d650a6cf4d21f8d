"""What programs of others ask about reports: when the categories changed, and which reports are public."""

from datetime import datetime

from services.audit import queries as audit
from services.audit.actors import Subject


def categories_changed_at() -> datetime | None:
    """When a pack last changed what can be reported; None before the first."""
    return audit.last_moment(Subject("government", "1"), "complaints.categories.changed")

"""What the operations on reports take and raise."""

from dataclasses import dataclass

from complaints.models import Category
from services.accounts.models import User
from services.foundation.errors import UnableTo
from services.government.models import District

LONGEST_WORDS = 4000
MOST_PHOTOS = 6


class UnableToReport(UnableTo):
    """The report cannot be received, or its reporter cannot do this. `code`: category, words, visibility, photos, again, door."""


class UnableToWorkOnReport(UnableTo):
    """The office cannot do this with the report. `code`: category, agency, words, reference."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes a report down for somebody, and `how`: one of `models.TakenHow`."""

    officer: User
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reports. `visibility` is one of `models.Visibility`; a category may ask for more, never for less.

    `with_account` ties it to the reporter's login (not for an anonymous one); otherwise `contact_channel` (SMS or EMAIL)
    and `contact_address` say where notices go, if anywhere.
    """

    category: Category
    words: str
    place: str = ""
    district: District | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_outside: bool = False
    visibility: str
    shows_name: bool = False
    with_account: bool = False
    contact_channel: str = ""
    contact_address: str = ""

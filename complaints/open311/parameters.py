"""What a program asks for in the list of requests, read strictly: every mistake is told, and none is guessed away."""

import re
from datetime import datetime, timedelta
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from complaints.open311 import refusals
from complaints.open311.refusals import BAD_REQUEST, Refusal
from complaints.queries.open311 import Search, known_codes
from services.foundation import references

#: The standard's own bounds: 90 days or 1000 requests, whichever is less.
WINDOW: Final = timedelta(days=90)
MOST: Final = 1000
#: How far numbered pages reach; what lies further is asked for by dates.
REACH: Final = 10_000
STATUSES: Final = ("open", "closed")
CALENDAR: Final = range(2000, 2101)
#: W3C NOTE-datetime with a time and its zone.
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")


class Mistakes:
    """The mistakes found so far in one call."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, field: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.found.append(f"{field}: {message}")

    def refuse(self) -> None:
        """Refuse the call if there are any."""
        if self.found:
            raise Refusal(BAD_REQUEST, *self.found)


def read_search(fields: QueryDict, *, at: datetime) -> Search:
    """What is looked for. References override all else, as the standard has it. One query where services are named.

    Raises Refusal: 400 with every mistake, 404 for a service that never was.
    """
    mistakes = Mistakes()
    wanted = _references(fields, mistakes)
    if wanted or mistakes.found:
        mistakes.refuse()
        return Search(references=wanted)
    start, end = _window(fields, mistakes, at=at)
    statuses = frozenset(_listed(fields, "status"))
    for status in sorted(statuses - set(STATUSES)):
        mistakes.add("status", _("“%(given)s” is neither open nor closed.") % {"given": status})
    page, size = (
        _number(fields, "page", 1, REACH, mistakes),
        _number(fields, "page_size", MOST, MOST, mistakes),
    )
    if page * size > max(REACH, size):
        mistakes.add(
            "page",
            _("Pages reach %(reach)s requests. For older ones, give an earlier end_date.") % {"reach": REACH},
        )
    mistakes.refuse()
    codes = _listed(fields, "service_code")
    for code in sorted(set(codes) - known_codes(codes)):
        raise refusals.unknown_service(code)
    return Search(codes=codes, start=start, end=end, statuses=statuses, page=page, size=size)


def _listed(fields: QueryDict, name: str) -> tuple[str, ...]:
    """A parameter that may be declared several times and hold several values with commas between."""
    parts = [part.strip() for given in fields.getlist(name) for part in given.split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def _references(fields: QueryDict, mistakes: Mistakes) -> tuple[str, ...]:
    given = _listed(fields, "service_request_id")
    if len(given) > MOST:
        mistakes.add("service_request_id", _("At most %(most)s at once.") % {"most": MOST})
        return ()
    return tuple(reference for text in given if (reference := _reference(text, mistakes)))


def _reference(text: str, mistakes: Mistakes) -> str:
    try:
        return references.parse(text)
    except references.MangledReference:
        message = _("“%(given)s” has a typing error. A number looks like C-7K3F9-QXM2E.")
        mistakes.add("service_request_id", message % {"given": text[:40]})
        return ""


def _window(fields: QueryDict, mistakes: Mistakes, *, at: datetime) -> tuple[datetime, datetime]:
    """From when until when; where one end is missing it lies 90 days from the other, and now is the end of the newest."""
    start, end = (_moment(fields, name, mistakes) for name in ("start_date", "end_date"))
    if end is None:
        end = start + WINDOW if start else at
    start = start or end - WINDOW
    if start > end:
        mistakes.add("start_date", _("This lies after end_date."))
    elif end - start > WINDOW:
        mistakes.add("end_date", _("At most 90 days may lie between start_date and end_date."))
    return start, end


def _moment(fields: QueryDict, name: str, mistakes: Mistakes) -> datetime | None:
    """A moment as the W3C writes it. A plus that became a space on its way is read as a plus."""
    given = fields.get(name, "").strip().replace(" ", "+")
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given) if MOMENT.fullmatch(given) else None
    except ValueError:
        moment = None
    if moment and moment.year in CALENDAR:
        return moment
    message = _("“%(given)s” is no moment. Write it as 2026-01-31T00:00:00Z or 2026-01-31T07:00:00+07:00.")
    mistakes.add(name, message % {"given": given[:40]})
    return None


def _number(fields: QueryDict, name: str, usual: int, most: int, mistakes: Mistakes) -> int:
    given = fields.get(name, "").strip()
    if not given:
        return usual
    if given.isascii() and given.isdigit() and len(given) <= len(str(most)) and 1 <= int(given) <= most:
        return int(given)
    message = _("“%(given)s” is no whole number from 1 to %(most)s.")
    mistakes.add(name, message % {"given": given[:40], "most": most})
    return usual

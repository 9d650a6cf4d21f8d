"""An appointment as a calendar file (RFC 5545), which every phone takes up."""

from datetime import UTC, datetime
from typing import Final

from django.http import HttpResponse

from services.casework.models import Appointment, Review

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
#: Octets of a line without its break (RFC 5545, section 3.1).
_LONGEST: Final = 75


def calendar_file(appointment: Appointment, *, summary: str, host: str) -> bytes:
    """One event. A later appointment of the same inspection takes the place of an earlier one in the calendar."""
    review = appointment.review
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//Bening//ID",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{review.case.reference}-{review.key}@{host}",
        f"SEQUENCE:{appointment.pk}",
        f"DTSTAMP:{_moment(appointment.made_at)}",
        f"DTSTART:{_moment(appointment.begins_at)}",
        f"DTEND:{_moment(appointment.ends_at)}",
        f"SUMMARY:{_text(summary)}",
        f"LOCATION:{_text(appointment.place)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def download(appointment: Appointment, review: Review, *, host: str) -> HttpResponse:
    """The appointment of this review, for the calendar of whoever reads the page."""
    appointment.review = review
    content = calendar_file(appointment, summary=review.title, host=host)
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{review.case.reference}.ics"'
    return answer


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none within a letter."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LONGEST - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])

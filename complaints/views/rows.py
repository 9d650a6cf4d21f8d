"""What the pages of reports show, as plain values for their templates."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from complaints import queries
from complaints.models import Complaint, Reply
from complaints.queries import public
from services.casework import outlook
from services.casework import queries as cases
from services.casework.models import Case, CaseDocument, Message
from services.casework.views import rows as case_rows
from services.foundation import texts

SHORT = 200


def row(complaint: Complaint) -> dict[str, Any]:
    """A published report in the list."""
    case = complaint.case
    return {
        "reference": case.reference,
        "href": reverse("complaints:report", args=[case.reference]),
        "title": case.title,
        "words": complaint.words if len(complaint.words) <= SHORT else f"{complaint.words[:SHORT].rstrip()}…",
        "place": place_of(complaint),
        "at": complaint.published_at,
        "office": texts.local(case.agency.short_name),
        "tone": outlook.tone_of(case.current),
        "status": case.current.label,
    }


def page_of(complaint: Complaint) -> dict[str, Any]:
    """Everything that the public page of a report shows."""
    case, earlier = complaint.case, complaint.duplicate_of
    return {
        "case": case,
        "title": case.title,
        "outlook": outlook.of(case),
        "name": public.name_shown(complaint),
        "stations": case_rows.stations(case, cases.timeline(case)),
        "earlier": earlier.reference if earlier and earlier.complaint.published_at else "",
        **said_of(complaint, address="complaints:photo"),
    }


def said_of(complaint: Complaint, *, address: str) -> dict[str, Any]:
    """What was reported and what the office said to it, with photos that are found at `address`."""
    case = complaint.case
    attached = list(case.documents.order_by("pk"))
    return {
        "complaint": complaint,
        "place": place_of(complaint),
        "photos": _pictures(case, attached, prefix=public.PREFIX_OF_REPORT, address=address),
        "replies": [
            {
                "kind": Reply.Kind(reply.kind).label,
                "office": texts.local(reply.agency.name),
                "words": reply.words,
                "planned_date": reply.planned_date,
                "at": reply.written_at,
                "photos": _pictures(case, attached, prefix=f"reply_{reply.pk}_", address=address),
            }
            for reply in queries.replies_of(complaint)
        ],
    }


def dialogue(case: Case, *, address: str) -> list[dict[str, Any]]:
    """The messages, the oldest first, each with its photos."""
    attached = list(case.documents.filter(slot__startswith="message_").order_by("pk"))
    return [
        {
            "is_office": message.side == Message.Side.OFFICE,
            "words": message.words,
            "at": message.written_at,
            "photos": _pictures(case, attached, prefix=f"message_{message.pk}_", address=address),
        }
        for message in case.messages.order_by("written_at", "id")
    ]


def place_of(complaint: Complaint) -> str:
    """Where it is, in one line."""
    district = complaint.case.district
    parts = [complaint.place, district.full_name if district else ""]
    return ", ".join(filter(None, parts))


def _pictures(case: Case, attached: Iterable[CaseDocument], *, prefix: str, address: str) -> list[str]:
    """The addresses of the pictures in slots with this prefix."""
    return [
        reverse(address, args=[case.reference, row.document_id])
        for row in attached
        if row.slot.startswith(prefix)
    ]

"""Our words in the standard's: a category is a service, what it asks beside place and words are its attributes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Category, Complaint, Visibility
from services.foundation import texts
from services.government.models import District
from services.government.queries import OfficeContact

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
FORMATS: Final = ("text/xml", "application/json")
DISTRICT: Final = "district"
VISIBILITY: Final = "visibility"
#: The standard's own limit of a description.
LONGEST_DESCRIPTION: Final = 4000


def moment(at: datetime | None) -> str | None:
    """A moment where the government is, as the W3C writes it: 2026-11-24T08:30:00+07:00."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def discovery(*, contact: OfficeContact, changed_at: datetime | None) -> dict[str, Any]:
    """Where the endpoint is, what it speaks, whom to ask for a key."""
    reached = ", ".join(filter(None, (contact.name, contact.email or contact.phone)))
    endpoint = {
        "specification": SPECIFICATION,
        "url": settings.SITE_URL + reverse("open311:root").rstrip("/"),
        "changeset": moment(changed_at),
        "type": "test" if settings.DEMO else "production",
        "formats": list(FORMATS),
    }
    return {
        "changeset": moment(changed_at),
        "contact": reached,
        "key_service": _("Reading needs no key. To send reports, ask for a key: %(contact)s.")
        % {"contact": reached},
        "endpoints": [endpoint],
    }


def service(category: Category) -> dict[str, Any]:
    """A category in the list of services."""
    return {
        "service_code": category.code,
        "service_name": texts.local(category.name),
        "description": _description(category),
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(category.words),
        "group": texts.local(category.group_name),
    }


def definition(category: Category, districts: Iterable[District]) -> dict[str, Any]:
    """What a report of this category may say besides place and words. Nothing of it must be said."""
    names = [{"key": district.code, "name": district.full_name} for district in districts]
    return {
        "service_code": category.code,
        "attributes": [
            _attribute(
                1, DISTRICT, _("District in which it is. Reports without one are sorted by hand."), names
            ),
            _visibility(category),
        ],
    }


def request(report: Complaint) -> dict[str, Any]:
    """A public report. Nothing in it says who sent it or who works on it."""
    case = report.case
    return {
        "service_request_id": case.reference,
        "status": "closed" if case.closed_at else "open",
        "status_notes": _status_notes(report),
        "service_name": texts.local(report.category.name),
        "service_code": report.category.code,
        "description": shortened(report.words),
        "agency_responsible": texts.local(case.agency.name),
        "service_notice": str(case.current.next),
        "requested_datetime": moment(case.submitted_at),
        "updated_datetime": moment(case.closed_at or case.status_at),
        "expected_datetime": None if case.closed_at or case.current.with_citizen else moment(case.due_at),
        "address": _address(report),
        "address_id": None,
        "zipcode": None,
        "lat": report.latitude,
        "long": report.longitude,
        "media_url": _photo(report),
    }


def shortened(words: str) -> str:
    """As much of a text as the standard lets through."""
    return words if len(words) <= LONGEST_DESCRIPTION else f"{words[: LONGEST_DESCRIPTION - 1]}…"


def _status_notes(report: Complaint) -> str:
    """Our own status, which says more than open and closed, and what the office said last."""
    lines = [str(report.case.current.station), getattr(report, "said_last", None)]
    first = report.duplicate_of
    if first and first.complaint.published_at:
        lines.append(_("See %(reference)s.") % {"reference": first.reference})
    return "\n".join(filter(None, lines))


def _photo(report: Complaint) -> str | None:
    """The first photo of the report, without its metadata, as the public page shows it."""
    photo = getattr(report, "first_photo", None)
    if photo is None:
        return None
    return settings.SITE_URL + reverse("complaints:photo", args=[report.case.reference, photo])


def _address(report: Complaint) -> str:
    """From the place to the region around it."""
    district = report.case.district
    return ", ".join(filter(None, (report.place, district.full_name if district else "")))


def _description(category: Category) -> str:
    said = _("%(name)s. Goes to: %(agency)s.") % {
        "name": texts.local(category.name),
        "agency": texts.local(category.agency.name),
    }
    return f"{said} {_always_confidential()}" if category.is_confidential else said


def _always_confidential() -> str:
    return _("Always confidential: only the office that receives it reads it.")


def _visibility(category: Category) -> dict[str, Any]:
    """A question where there is a choice, else a sentence: `variable` is false where nothing is to be filled in."""
    if category.is_confidential:
        return _attribute(2, VISIBILITY, _always_confidential(), [])
    choices = [{"key": code, "name": str(label)} for code, label in Visibility.choices]
    return _attribute(2, VISIBILITY, _("Who may read it. Without an answer: everybody."), choices)


def _attribute(order: int, code: str, description: str, values: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "variable": bool(values),
        "code": code,
        "datatype": "singlevaluelist" if values else "string",
        "required": False,
        "datatype_description": _("One of the keys.") if values else None,
        "order": order,
        "description": description,
        "values": values,
    }

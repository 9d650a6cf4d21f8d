"""What the public may read of reports: those that are published, and nothing of a person who did not want it."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from complaints.models import Complaint, Visibility
from complaints.workflow import AT_INTAKE, WITH_THE_OFFICE
from services.casework.models import CaseDocument

#: Newest first; both columns together are unique, and an index serves them.
ORDER: Final = ("-published_at", "-case_id")
PREFIX_OF_REPORT: Final = "photo_"

#: The states by which the public filters, each with its statuses.
STATES: Final = {
    "open": (*AT_INTAKE, *WITH_THE_OFFICE),
    "answered": ("ANSWERED", "CLOSED"),
    "solved": ("SOLVED",),
    "ended": ("NOT_POSSIBLE", "NOT_OURS", "DUPLICATE"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the public list is narrowed to; "" for all."""

    category: str = ""
    district: str = ""
    state: str = ""


def published() -> QuerySet[Complaint]:
    """The reports that the public may read, with what a row names. Never one that is confidential."""
    return (
        Complaint.objects.filter(published_at__isnull=False, case__is_confidential=False)
        .exclude(visibility=Visibility.CONFIDENTIAL)
        .select_related("case__agency", "case__district__parent", "category")
    )


def public_list(wanted: Wanted) -> QuerySet[Complaint]:
    """The published reports that are wanted; a district of a regency or city counts with it."""
    found = published()
    if wanted.category:
        found = found.filter(category__code=wanted.category)
    if wanted.district:
        found = found.filter(case__district__code__startswith=wanted.district)
    if wanted.state in STATES:
        found = found.filter(case__status__in=STATES[wanted.state])
    return found


def public_report(reference: str) -> Complaint | None:
    """One published report; None for every other."""
    found = published().select_related("case__applicant", "duplicate_of__complaint")
    return found.filter(case__reference=reference).first()


def name_shown(complaint: Complaint) -> str:
    """The reporter's name, where they chose to show it; "" for everybody else."""
    applicant = complaint.case.applicant
    is_shown = complaint.visibility == Visibility.PUBLIC and complaint.shows_name and applicant is not None
    return applicant.name if is_shown and applicant else ""


def public_photo(complaint: Complaint, document_id: UUID) -> CaseDocument | None:
    """A photo of the report or of an answer; None for one of the dialogue, which is nobody else's."""
    found = complaint.case.documents.select_related("document").filter(document_id=document_id).first()
    is_public = found is not None and found.slot.startswith((PREFIX_OF_REPORT, "reply_"))
    return found if is_public else None

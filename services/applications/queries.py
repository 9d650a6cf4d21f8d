"""What the journey reads: the reader's own application, its documents, its defects, what changed since it was sent."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from services.accounts.models import User
from services.applications.kinds import Surroundings
from services.casework.models import Case, CaseDocument, Defect
from services.catalogue.definition import QuestionGroup, QuestionKind
from services.catalogue.models import Service
from services.documents import queries as documents
from services.documents.models import Document, Sheet
from services.government import queries as government

#: Where a map opens before a pack says where the government is: the whole archipelago.
ARCHIPELAGO: Final = {"latitude": -2.5, "longitude": 118.0, "zoom": 5}


def drafts_of(user: User, service: Service) -> QuerySet[Case]:
    """The reader's unfinished applications for one service, the newest first."""
    mine = Case.objects.filter(service_version__service=service, status="DRAFT", closed_at=None)
    return (
        (mine.filter(applicant__user=user) | mine.filter(helper=user))
        .order_by("-created_at", "-id")
        .distinct()
    )


def attached_documents(case: Case) -> dict[str, Document]:
    """The document that stands in each slot now."""
    rows = CaseDocument.objects.filter(case=case, replaced_at=None).select_related("document__owner")
    return {row.slot: row.document for row in rows}


def sheets_of(document: Document) -> list[Sheet]:
    """The sheets of a document in order."""
    return list(
        Sheet.objects.filter(document=document).select_related("document__owner").order_by("position")
    )


def sheet_in(document: Document | None, sheet_id: UUID) -> Sheet | None:
    """One sheet of this document; None for any other."""
    if document is None:
        return None
    return Sheet.objects.filter(document=document, pk=sheet_id).select_related("document__owner").first()


def reusable_documents(user: User, *, but: Document | None, at_most: int = 20) -> list[Document]:
    """The reader's own documents that are ready from earlier, newest first."""
    found = documents.reusable_documents(user)
    return list((found.exclude(pk=but.pk) if but else found)[:at_most])


def open_defects(case: Case) -> list[Defect]:
    """What the last return asked to mend."""
    if case.status != "RETURNED":
        return []
    return list(case.defects.filter(mended_at=None).order_by("id"))


def surroundings(group: QuestionGroup) -> Surroundings:
    """What the form of this group must know. A group that points at the map asks for a place inside this government."""
    kinds = {question.kind for question in group.questions}
    if not kinds & {QuestionKind.ADDRESS, QuestionKind.POINT}:
        return Surroundings()
    row = government.government()
    place = row.map if row else ARCHIPELAGO
    return Surroundings(
        districts=government.district_choices() if QuestionKind.ADDRESS in kinds else (),
        elsewhere=QuestionKind.POINT not in kinds,
        centre=(place["latitude"], place["longitude"]),
    )


def map_of_the_government() -> dict[str, Any]:
    """What a map is drawn from: outline and centre of the government, its districts, the address of tiles if there is one."""
    row = government.government()
    by_size = government.districts().order_by(F("parent").asc(nulls_first=True), "name")
    centres = by_size.values("name", "latitude", "longitude")
    return {"map": row.map if row else ARCHIPELAGO, "centres": list(centres), "tiles": settings.MAP_TILES_URL}

"""What programs of others ask about reports: when the categories changed, and which reports are public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from complaints import workflow
from complaints.models import Category, Complaint, ComplaintsOffice, Reply
from complaints.queries import categories, public
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework.models import CaseDocument
from services.foundation import references
from services.government import queries as government
from services.government.queries import OfficeContact

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: reports by their references, or those sent in a span, both ends included to the second.

    No codes and no statuses mean all; the statuses are those of the standard, "open" and "closed".
    """

    references: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    start: datetime = NEVER
    end: datetime = NEVER
    statuses: frozenset[str] = frozenset()
    page: int = 1
    size: int = 1


def categories_changed_at() -> datetime | None:
    """When a pack last changed what can be reported; None before the first."""
    return audit.last_moment(Subject("government", "1"), "complaints.categories.changed")


def whom_to_ask() -> OfficeContact:
    """How the complaints office is reached, which gives the keys; the help desk until a pack is loaded."""
    office = ComplaintsOffice.objects.select_related("agency").first()
    return government.office_contact(office.agency if office else None)


def offered(code: str) -> Category | None:
    """The category that is offered under this code; None for anything else that may stand in an address."""
    return categories.listed_category(code) if code.isprintable() else None


def known_codes(codes: Iterable[str]) -> set[str]:
    """Those of the codes that are or once were a category's. No query where none is asked for."""
    asked = [code for code in codes if code.isprintable()]
    return set(Category.objects.filter(code__in=asked).values_list("code", flat=True)) if asked else set()


def found(search: Search) -> list[Complaint]:
    """The public reports that are looked for, those sent last first. One query, whose cost ends with the span."""
    if search.references:
        return list(_newest_first(public_reports().filter(case__reference__in=search.references)))
    rows = public_reports().filter(
        case__submitted_at__gte=search.start, case__submitted_at__lt=search.end + timedelta(seconds=1)
    )
    if search.codes:
        rows = rows.filter(category__code__in=search.codes)
    if len(search.statuses) == 1:
        rows = rows.filter(case__closed_at__isnull="open" in search.statuses)
    first = (search.page - 1) * search.size
    return list(_newest_first(rows)[first : first + search.size])


def one(reference: str) -> Complaint | None:
    """The public report with this reference, forgiven as people type it; None for anything else."""
    return references.look_up(
        reference, lambda number: public_reports().filter(case__reference=number).first()
    )


def public_reports() -> QuerySet[Complaint]:
    """Reports that everybody may read, each with what its shape names: `said_last` by the office, `first_photo` of the report."""
    said_last = Reply.objects.filter(complaint=OuterRef("pk")).order_by("-written_at", "-id").values("words")
    photos = CaseDocument.objects.filter(
        case=OuterRef("pk"), slot__startswith=public.PREFIX_OF_REPORT, replaced_at=None
    )
    return (
        public.published()
        .filter(case__kind=workflow.KIND, case__submitted_at__isnull=False)
        .select_related("duplicate_of__complaint")
        .defer("category__search", "case__answers")
        .annotate(
            said_last=Subquery(said_last[:1]),
            first_photo=Subquery(photos.order_by("pk").values("document_id")[:1]),
        )
    )


def _newest_first(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return rows.order_by("-case__submitted_at", "-case__id")

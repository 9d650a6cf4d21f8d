"""What the system does once an application is granted: the paper is ordered, and when it is sealed the case is done."""

from datetime import date, datetime

from services.applications import paper
from services.casework.models import Case
from services.documents import operations as documents
from services.documents.models import Certificate


def order_certificate(
    case: Case, *, at: datetime, valid_from: date | None = None, valid_until: date | None = None
) -> Certificate:
    """Order the paper of a granted application. Ordering twice gives the same certificate.

    Without dates of the caller's own, the validity is what the version of the service says.
    """
    definition = case.service_version.parsed
    first, last = paper.span(definition.validity, answers=case.answers, decided_at=case.decided_at or at)
    return documents.order_certificate(
        reference=case.reference,
        kind=case.kind,
        holder_name=case.applicant.name if case.applicant else "",
        title=definition.paper.title.model_dump(),
        content=paper.content(case),
        template=definition.paper.template,
        agency_code=case.agency.code,
        number_prefix=definition.paper.number_prefix,
        valid_from=valid_from or first,
        valid_until=valid_until or last,
        dedupe_key=f"{case.kind.lower()}:{case.reference}",
        at=at,
    )

"""What the system does once an application is granted: the paper is ordered, and when it is sealed the case is done."""

from collections.abc import Sequence
from datetime import date, datetime

from services.applications import paper
from services.casework.models import Case
from services.documents import operations as documents
from services.documents.content import Field
from services.documents.models import Certificate


def order_certificate(
    case: Case,
    *,
    at: datetime,
    holder_name: str = "",
    fields: Sequence[Field] = (),
    not_before: date | None = None,
) -> Certificate:
    """Order the paper of a granted application. Ordering twice gives the same certificate.

    Its holder is the applicant unless another is named, whom further `fields` describe; what renews another paper begins
    `not_before` a day. How long it is good is what the version of the service says.
    """
    definition = case.service_version.parsed
    first, last = paper.span(
        definition.validity,
        answers=case.answers,
        decided_at=case.decided_at or at,
        not_before=not_before,
    )
    return documents.order_certificate(
        reference=case.reference,
        kind=case.kind,
        holder_name=holder_name or (case.applicant.name if case.applicant else ""),
        title=paper.title(case),
        content=paper.content(case, further=fields),
        template=definition.paper.template,
        agency_code=case.agency.code,
        number_prefix=definition.paper.number_prefix,
        valid_from=first,
        valid_until=last,
        dedupe_key=f"{case.kind.lower()}:{case.reference}",
        at=at,
    )

"""What the system does once an application is granted: the paper is ordered, and when it is sealed the case is done."""

from collections.abc import Sequence
from datetime import date, datetime

from services.applications import paper
from services.casework import operations as casework
from services.casework.models import Case
from services.documents import operations as documents
from services.documents import queries
from services.documents.content import Field
from services.documents.models import Certificate
from services.foundation.clock import local_date


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
    `not_before` a day. How long it is good is what the version of the service says. What replaces another after an
    objection is good for the rest of its time, and without the conditions that the superior took away.
    """
    definition = case.service_version.parsed
    objection = casework.replacing(case)
    first, last = paper.span(
        definition.validity,
        answers=case.answers,
        decided_at=case.decided_at or at,
        not_before=not_before,
    )
    key = f"{case.kind.lower()}:{case.reference}"
    old = queries.certificate_of(case.reference) if objection else None
    if objection and old:
        first, last = paper.rest_of(old, on=local_date(objection.answered_at or at))
        key = f"{key}:{objection.pk}"
    return documents.order_certificate(
        reference=case.reference,
        kind=case.kind,
        holder_name=holder_name or (case.applicant.name if case.applicant else ""),
        title=paper.title(case),
        content=paper.content(case, further=fields, after=objection),
        template=definition.paper.template,
        agency_code=case.agency.code,
        number_prefix=definition.paper.number_prefix,
        valid_from=first,
        valid_until=last,
        dedupe_key=key,
        at=at,
    )

"""What the system does once an application is granted: the paper is ordered, and when it is sealed the case is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from services.accounts.models import User
from services.applications import paper
from services.casework import operations as casework
from services.casework.models import Case
from services.documents import operations as documents
from services.documents import queries
from services.documents.content import Field
from services.documents.models import Certificate
from services.foundation.clock import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Whose the paper is: the applicant's unless another is named, whom further `fields` describe.

    What renews another paper begins `not_before` a day.
    """

    name: str = ""
    fields: Sequence[Field] = ()
    not_before: date | None = None


APPLICANT_HOLDS: Final = Holding()


def order_certificate(case: Case, *, at: datetime, holding: Holding = APPLICANT_HOLDS) -> Certificate:
    """Order the paper of a granted application. Ordering twice gives the same certificate.

    What replaces another after an objection is good for the rest of its time, and without the conditions that the superior
    took away.
    """
    objection = casework.replacing(case)
    key = f"{case.kind.lower()}:{case.reference}" + (f":{objection.pk}" if objection else "")
    return documents.order_certificate(_order(case, holding, at=at), dedupe_key=key, at=at)


def draft_certificate(
    case: Case, *, at: datetime, signer: User, holding: Holding = APPLICANT_HOLDS
) -> Certificate:
    """The paper as `signer` would sign it at this moment, without number and code; nothing is kept."""
    return documents.draft_certificate(_order(case, holding, at=at, signer=signer), at=at)


def _order(case: Case, holding: Holding, *, at: datetime, signer: User | None = None) -> documents.Order:
    """What the paper is to be. How long it is good is what the version of the service says."""
    definition = case.service_version.parsed
    objection = casework.replacing(case)
    first, last = paper.span(
        definition.validity,
        answers=case.answers,
        decided_at=case.decided_at or at,
        not_before=holding.not_before,
    )
    old = queries.certificate_of(case.reference) if objection else None
    if objection and old:
        first, last = paper.rest_of(old, on=local_date(objection.answered_at or at))
    is_signed = objection is None and (signer or case.signed_by) is not None
    return documents.Order(
        reference=case.reference,
        kind=case.kind,
        holder_name=holding.name or (case.applicant.name if case.applicant else ""),
        title=paper.title(case),
        content=paper.content(case, at=at, further=holding.fields, after=objection, signer=signer),
        template=definition.paper.template,
        signer=Certificate.Signer.PERSONAL if is_signed else Certificate.Signer.SEAL,
        agency_code=case.agency.code,
        number_prefix=definition.paper.number_prefix,
        valid_from=first,
        valid_until=last,
    )

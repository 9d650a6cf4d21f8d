"""The public register: every paper that was issued, as it can be read on the paper itself, without its holder's person."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from oversight.queries.cases import cases, certificates
from services.documents.models import Certificate

NEWEST_FIRST: Final = ("-signed_at", "-id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the register: a service by its slug, a district by its code; "" for all."""

    service: str = ""
    district: str = ""


def papers(wanted: Wanted) -> QuerySet[Certificate]:
    """Signed papers with agency and district, and with what `business_of` asks."""
    about = cases().filter(reference=OuterRef("reference"))
    found = certificates().annotate(
        agency=Subquery(about.values("agency__short_name")[:1]),
        district=Subquery(about.values("district__name")[:1]),
        held_by=Subquery(about.values("service_version__definition__holder")[:1]),
        person=Subquery(about.values("applicant__name")[:1]),
    )
    asked = {
        "service_version__service__slug": wanted.service,
        "district__code": wanted.district,
    }
    narrowed = {name: value for name, value in asked.items() if value}
    return found.filter(reference__in=cases().filter(**narrowed).values("reference")) if narrowed else found


def business_of(certificate: Any) -> str:
    """The business that holds a paper of `papers`, where the service's standard says that a business holds it; else "".

    A name that is the applicant's own is a person's, whatever the standard says, and is told to nobody.
    """
    is_person = certificate.holder_name == certificate.person
    return certificate.holder_name if certificate.held_by == "business" and not is_person else ""

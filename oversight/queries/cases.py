"""The one door to cases: what oversight may see, count and name. A confidential case is none of it, whoever asks.

Nothing else in this app reads cases, their stays, defects or certificates but through these functions; a test looks.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from oversight.models import Stay
from services.casework.models import Case, Defect
from services.catalogue.models import Service
from services.documents.models import Certificate


def cases() -> QuerySet[Case]:
    """Sent cases that are not confidential."""
    return Case.objects.filter(submitted_at__isnull=False, is_confidential=False)


def stays() -> QuerySet[Stay]:
    """Their stays with whoever must act on them."""
    return Stay.objects.filter(case__in=cases())


def defects() -> QuerySet[Defect]:
    """What was found wanting in them."""
    return Defect.objects.filter(case__in=cases())


def certificates() -> QuerySet[Certificate]:
    """The signed papers that they led to."""
    return Certificate.objects.filter(
        state=Certificate.State.SIGNED, reference__in=cases().values("reference")
    )


def names_a_person(case: Case) -> bool:
    """Whether oversight names who brought it: whoever asks for a right is named, whoever reports something is not."""
    return case.kind in {Service.Kind.PERMIT, Service.Kind.LICENCE}


def undrawn_cases() -> QuerySet[Case]:
    """Cases whose stays are not drawn from their present version."""
    drawn = Stay.objects.filter(case=OuterRef("pk"), case_version=OuterRef("row_version"))
    return cases().exclude(Exists(drawn))


def may_have_moved() -> tuple[Q, Q]:
    """The conditions under which a case may have moved since it was drawn: open now, or open then. Each has its index."""
    return Q(closed_at=None), Q(pk__in=Stay.objects.filter(ended_at=None).values("case"))


def hidden_stays() -> QuerySet[Stay]:
    """Stays of cases that became confidential after they were drawn: to be forgotten."""
    return Stay.objects.filter(case__in=Case.objects.filter(is_confidential=True))

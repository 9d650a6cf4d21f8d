"""All reads of reviews: those of a case, the fair queue of an office, what lies on a desk."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from services.accounts.models import User
from services.casework import queries, undoing
from services.casework.models import Case, Review
from services.government.models import Agency


def of_case(case: Case) -> list[Review]:
    """The reviews of a case in the order of the standard, each with the name of whoever did it. For officers' eyes only."""
    if not case.service_version.parsed.reviews:
        return []
    order = {review.key: place for place, review in enumerate(case.service_version.parsed.reviews)}
    rows = case.reviews.select_related("agency").annotate(
        by=queries.name_of("reviewer"), holder=queries.name_of("assignee")
    )
    for row in rows:
        row.case = case
    return sorted(rows, key=lambda row: order[row.key])


def waiting_for(*, agency: Agency, hat: str, user: User, at: datetime) -> QuerySet[Review]:
    """The fair queue of reviews of a hat in its agency: on no desk, of no case that touches the user, first promised first."""
    touching = Case.objects.filter(queries.kept_from(user, at=at), pk=OuterRef("case"))
    return (
        Review.objects.filter(~Exists(touching), agency=agency, hat=hat, state=Review.State.OPEN)
        .filter(undoing.settled(at, prefix="case__"), assignee=None)
        .select_related("agency", "case__agency", "case__district", "case__service_version__service")
        .order_by("place_at", "opened_at", "id")
    )


def ahead_of(review: Review, *, user: User, at: datetime) -> QuerySet[Review]:
    """The same review of other cases of the service, on no desk, promised before this one."""
    waiting = waiting_for(agency=review.agency, hat=review.hat, user=user, at=at)
    service = review.case.service_version.service_id
    return waiting.filter(
        key=review.key, case__service_version__service=service, place_at__lt=review.place_at
    )


def on_desk(user: User, reference: str, key: str = "") -> Review | None:
    """The review that lies on this officer's desk; nothing of the case is theirs to see before that or after it is done."""
    unfinished = Review.objects.filter(assignee=user, case__reference=reference, state__in=Review.UNFINISHED)
    found = unfinished.filter(key=key) if key else unfinished
    whole = "case__agency", "case__applicant__user", "case__helper", "case__service_version__service"
    return found.select_related("agency", "case__district", *whole).first()


def all_on_desk(user: User) -> QuerySet[Review]:
    """The reviews that lie on this officer's desk, the earliest promise first."""
    mine = Review.objects.filter(assignee=user, state__in=Review.UNFINISHED)
    whole = "agency", "case__agency", "case__district", "case__service_version__service"
    return mine.select_related(*whole).order_by("place_at", "opened_at", "id")

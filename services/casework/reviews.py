"""All reads of reviews: those of a case, the fair queue of an office, what lies on a desk."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.accounts.models import Membership, User
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


def unfinished_of(case: Case) -> list[Review]:
    """What is still to be reviewed, each with the name of whoever has it. No query where the service declares none."""
    if not case.service_version.parsed.reviews or case.closed_at:
        return []
    found = case.reviews.filter(state__in=Review.UNFINISHED).select_related("agency", "assignee")
    rows: list[Review] = list(found.annotate(holder=queries.name_of("assignee")).order_by("due_at", "id"))
    for row in rows:
        row.case = case
    return rows


def counts(user: User, posts: Iterable[Membership], *, at: datetime) -> tuple[int, int]:
    """How many lie on this officer's desk, and how many wait for a hat of theirs. One query each."""
    theirs = [Q(agency=post.agency_id, hat=post.hat) for post in posts]
    waiting = _waiting(user, at=at).filter(reduce(or_, theirs)).count() if theirs else 0
    return Review.objects.filter(assignee=user, state__in=Review.UNFINISHED).count(), waiting


def waiting_for(*, agency: Agency, hat: str, user: User, at: datetime) -> QuerySet[Review]:
    """The fair queue of reviews of a hat in its agency: on no desk, of no case that touches the user, first promised first."""
    return (
        _waiting(user, at=at)
        .filter(agency=agency, hat=hat)
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


def _waiting(user: User, *, at: datetime) -> QuerySet[Review]:
    """What is on no desk, of a case whose last step stands, and of none that touches this officer."""
    touching = Case.objects.filter(queries.kept_from(user, at=at), pk=OuterRef("case"))
    settled = undoing.settled(at, prefix="case__")
    return Review.objects.filter(settled, ~Exists(touching), state=Review.State.OPEN, assignee=None)

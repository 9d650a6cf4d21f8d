"""The branches of a review: opened together, each with a clock of its own; stopped, going on, dropped with the case."""

from dataclasses import dataclass
from datetime import datetime

from services.casework import clocks, holdings
from services.casework.models import Case, Left, Review
from services.catalogue.definition import Duration
from services.foundation.clock import local_date
from services.government import calendar
from services.government import queries as government


def open_for(case: Case, *, at: datetime) -> list[Review]:
    """Open one branch for every review that the version of the service declares; none where it declares none."""
    definition = case.service_version.parsed
    if not definition.reviews:
        return []
    codes = {review.agency for review in definition.reviews if review.agency}
    agencies = {row.code: row for row in government.agencies().filter(code__in=codes)} if codes else {}
    opened = []
    for declared in definition.reviews:
        due_at = clocks.due_after(at, Duration(amount=declared.days, unit=definition.time.unit))
        opened.append(
            Review(
                case=case,
                key=declared.key,
                kind=Review.Kind(declared.kind.upper()),
                agency=agencies[declared.agency] if declared.agency else case.agency,
                hat=declared.hat,
                opened_at=at,
                due_at=due_at,
                place_at=due_at,
            )
        )
    return Review.objects.bulk_create(opened)


def unfinished(case: Case) -> bool:
    """Whether a review of the case is still to be done."""
    if not case.service_version.parsed.reviews:
        return False
    return case.reviews.filter(state__in=Review.UNFINISHED).exists()


def stand_still(review: Review, *, at: datetime) -> None:
    """Let the clock of one branch stand still from now: it waits for the applicant. The others go on."""
    review.state, review.paused_at = Review.State.WAITING, at
    review.save(update_fields=["state", "paused_at"])


def go_on(review: Review, *, at: datetime) -> None:
    """Let the clock of a branch go on, with as much time as it had left."""
    if review.state != Review.State.WAITING or review.paused_at is None:
        return
    if review.case.service_version.parsed.time.unit == "WORKING_DAY":
        add_days(review, calendar.working_days_between(local_date(review.paused_at), local_date(at)))
    else:
        review.due_at += at - review.paused_at
    review.state, review.paused_at = Review.State.OPEN, None
    review.save(update_fields=["state", "paused_at", "due_at", "days_added"])


def add_days(review: Review, days: int) -> None:
    """Move the date of a branch by working days, which a changed calendar will count again; not yet saved."""
    if days:
        review.due_at = clocks.due_after(review.due_at, Duration(amount=days))
        review.days_added += days


def drop(case: Case, *, at: datetime) -> None:
    """The case has ended: what was not reviewed need not be any longer."""
    for review in case.reviews.select_for_update().filter(state__in=Review.UNFINISHED):
        holdings.end_review(review, how=Left.MOVED, at=at)
        review.state, review.paused_at, review.assignee = Review.State.CANCELLED, None, None
        review.save(update_fields=["state", "paused_at", "assignee"])


def take_back(case: Case, *, at: datetime) -> None:
    """The step of this moment is undone: the branches that it opened were never there."""
    case.reviews.filter(opened_at=at).delete()


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a branch by the calendar of today: its place in the queue as first promised, and when it is due."""

    place_at: datetime
    due_at: datetime


def promised_until(review: Review, *, case: Case) -> Dates:
    """The dates of a branch by the calendar of today, with the days by which it was moved since.

    One that was moved before these days were counted keeps the dates it was given then.
    """
    definition = case.service_version.parsed
    is_counted = review.due_at == review.place_at or review.days_added
    if definition.time.unit != "WORKING_DAY" or not is_counted:
        return Dates(review.place_at, review.due_at)
    days = definition.review(review.key).days
    place_at, due_at = (
        clocks.due_after(review.opened_at, Duration(amount=amount))
        for amount in (days, days + review.days_added)
    )
    return Dates(place_at, due_at)
